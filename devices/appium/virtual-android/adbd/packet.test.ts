import { expect, test } from 'vitest'
import { encodePacket, packetReader } from './packet.ts'

const packet = (command: string, text: string) => ({ command, first: 7, second: 9, data: Buffer.from(text) })

test('packets are read back as they were written, however they are cut on the way', () => {
  const sent = [packet('CNXN', 'host::'), packet('WRTE', ''), packet('OPEN', 'shell:x\0')]
  const wire = Buffer.concat(sent.map(encodePacket))
  for (const size of [1, 5, 24, 1000]) {
    const read = packetReader()
    const got = []
    for (let at = 0; at < wire.length; at += size) got.push(...read(wire.subarray(at, at + size)))
    expect(got).toEqual(sent)
  }
})

test('what is no packet is refused at once', () => {
  const wire = encodePacket(packet('WRTE', 'x'))
  wire[20] = 0
  expect(() => packetReader()(wire)).toThrow('no packet of adb')
})
