import { expect, test } from 'vitest'
import { withByteKey } from './byte-key.ts'

test('stack traces are as before after a call, also one that throws', () => {
  const limit = Error.stackTraceLimit
  expect(limit).toBeGreaterThan(0)
  expect(withByteKey(() => Error.stackTraceLimit)).toBe(0)
  expect(() =>
    withByteKey(() => {
      throw new TypeError('no such key')
    }),
  ).toThrow('no such key')
  expect(Error.stackTraceLimit).toBe(limit)
})
