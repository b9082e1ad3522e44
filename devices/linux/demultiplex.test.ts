import { expect, test } from 'vitest'
import { demultiplexer } from './demultiplex.ts'

const frame = (stream: 1 | 2, text: string): Buffer => {
  const header = Buffer.alloc(8)
  header[0] = stream
  header.writeUInt32BE(Buffer.byteLength(text), 4)
  return Buffer.concat([header, Buffer.from(text)])
}
const bytes = Buffer.concat([frame(1, 'one\n'), frame(2, 'wrong\n'), frame(1, ''), frame(1, 'two\n')])

test.each([1, 3, 8, 9, 100])('outputs are told apart in pieces of %i bytes', (size) => {
  const seen = { stdout: '', stderr: '' }
  const feed = demultiplexer((stream, piece) => {
    seen[stream] += piece.toString()
  })
  for (let at = 0; at < bytes.length; at += size) feed(bytes.subarray(at, at + size))
  expect(seen).toEqual({ stdout: 'one\ntwo\n', stderr: 'wrong\n' })
})
