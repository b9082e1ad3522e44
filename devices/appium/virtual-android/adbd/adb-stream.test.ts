import { expect, test } from 'vitest'
import { openStream } from './adb-stream.ts'

const rig = () => {
  const sent: string[] = []
  const stream = openStream(1, 2, ({ command, data }) => sent.push(`${command} ${data}`.trim()))
  return { sent, stream }
}

test('one write is on its way at a time, and the end comes after all of them', () => {
  const { sent, stream } = rig()
  stream.write('a')
  stream.write('b')
  stream.end()
  expect(sent).toEqual(['WRTE a'])
  stream.taken()
  expect(sent).toEqual(['WRTE a', 'WRTE b'])
  stream.taken()
  expect(sent).toEqual(['WRTE a', 'WRTE b', 'CLSE'])
})

test('what came before anybody listened is not lost', () => {
  const { stream } = rig()
  stream.arrived(Buffer.from('early'))
  const got: string[] = []
  stream.onData((bytes) => got.push(bytes.toString()))
  stream.arrived(Buffer.from('late'))
  expect(got).toEqual(['early', 'late'])
})
