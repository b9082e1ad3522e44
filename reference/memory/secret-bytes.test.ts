import { expect, test } from 'vitest'
import { copySecret, joinSecrets, secretRoom, takeSecret } from './secret-bytes.ts'

test('what is taken leaves nothing where it came from', () => {
  const source = Uint8Array.of(1, 2, 3)
  using secret = takeSecret(source)
  expect([...secret.bytes]).toEqual([1, 2, 3])
  expect([...source]).toEqual([0, 0, 0])
  using joined = joinSecrets(secret.bytes, Uint8Array.of(4))
  expect([...joined.bytes]).toEqual([1, 2, 3, 4])
})

test.each([1, 32, 33, 5_000, 100_000])('%i bytes are zeroed when disposed of, and then out of reach', (size) => {
  const secret = copySecret(new Uint8Array(size).fill(7))
  const view = size > 8_192 ? null : secret.bytes
  expect(secret.bytes.every((byte) => byte === 7)).toBe(true)
  secret[Symbol.dispose]()
  secret[Symbol.dispose]()
  expect(() => secret.bytes).toThrow('disposed')
  // Locked memory of its own was given back to the system: looking there would end the process.
  expect(view?.every((byte) => byte === 0) ?? true).toBe(true)
})

test('live secrets never overlap, and room that is used again is zeroed', () => {
  const held = Array.from({ length: 3_000 }, (_, n) => copySecret(new Uint8Array(40).fill(n % 251)))
  held.forEach((secret, n) => {
    expect(secret.bytes.every((byte) => byte === n % 251)).toBe(true)
  })
  for (const secret of held) secret[Symbol.dispose]()
  using again = secretRoom(40)
  expect(again.bytes.every((byte) => byte === 0)).toBe(true)
})
