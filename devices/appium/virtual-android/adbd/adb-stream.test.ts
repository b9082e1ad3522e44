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
  stream.taken(2)
  expect(sent).toEqual(['WRTE a', 'WRTE b'])
  stream.taken(2)
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

test('one that is asked for from here waits until the far side has accepted it, and told its number', () => {
  const sent: string[] = []
  const stream = openStream(1, null, ({ command, second, data }) => sent.push(`${command} ${second} ${data}`.trim()))
  stream.write('a')
  expect(sent).toEqual([])
  stream.taken(7)
  stream.taken(7)
  stream.end()
  expect(sent).toEqual(['WRTE 7 a', 'CLSE 7'])
})
