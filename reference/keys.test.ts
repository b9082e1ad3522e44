import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { deriveKey, deriveKeys, mac } from './keys.ts'

test('keys are derived by HKDF', () => {
  for (const size of [16, 32, 64, 100]) {
    const [key, id] = [randomBytes(size), randomBytes(16)]
    using ours = deriveKey(key, id, 'names')
    expect(ours.bytes.equals(Buffer.from(hkdfSync('sha256', key, id, 'holdfast names 1', 32)))).toBe(true)
  }
})

test('HMAC-SHA-256 of any message, by any key up to a block', () => {
  for (const size of [0, 1, 16, 32, 63, 64])
    for (const length of [0, 1, 55, 64, 200, 4031, 4032, 4033, 9000]) {
      const [key, message] = [randomBytes(size), randomBytes(length)]
      expect(mac(key, message).equals(createHmac('sha256', key).update(message).digest())).toBe(true)
    }
  expect(() => mac(randomBytes(65), randomBytes(1))).toThrow('longer than a block')
})

test('no two uses and no two vaults have a key in common, and disposing zeroes them all', () => {
  const key = randomBytes(32)
  const sets = [deriveKeys(key, randomBytes(16)), deriveKeys(key, randomBytes(16))]
  const all = sets.flatMap(({ entries, names, header, manifest }) => [entries, names, header, manifest])
  expect(new Set(all.map(({ bytes }) => bytes.toString('hex'))).size).toBe(8)
  for (const keys of sets) keys[Symbol.dispose]()
  for (const secret of all) expect(() => secret.bytes).toThrow('disposed')
})
