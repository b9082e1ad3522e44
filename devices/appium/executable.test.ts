import { expect, test } from 'vitest'
import { executable, needed } from './executable.ts'

test('a program that is not on the path is told in one sentence, with what brings it', () => {
  expect(executable(['no-such-program-here', 'sh'])).toMatch(/\/sh$/)
  expect(executable(['sh'], '')).toBeNull()
  expect(() => needed('adb', ['no-such-program-here'], 'adb')).toThrow(
    /^adb is not on the PATH: apt-get install -y --no-install-recommends adb\.$/,
  )
})
