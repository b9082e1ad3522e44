import { expect, test } from 'vitest'
import { answerConsole } from './emulator-console.ts'

const rig = () => {
  const touched: number[] = []
  const commands = { touch: (finger: number) => touched.push(finger), lift() {}, avdName: () => 'phone' }
  return { touched, say: (line: string) => answerConsole(line, commands) }
}

test('a finger touches, and what is no finger does not', () => {
  const { touched, say } = rig()
  expect(say('finger touch 3')).toEqual(['OK'])
  expect(say('finger touch x')?.at(-1)).toMatch(/^KO/)
  expect(say('finger lick 3')?.at(-1)).toMatch(/^KO/)
  expect(say('finger remove')).toEqual(['OK'])
  expect(touched).toEqual([3])
})

test('it tells its name, takes any token, and ends where it is told to', () => {
  const { say } = rig()
  expect(say('avd name')).toEqual(['phone', 'OK'])
  expect(say('auth')).toEqual(['OK'])
  expect(say('sing')?.at(-1)).toMatch(/^KO/)
  expect(say('quit')).toBeNull()
})
