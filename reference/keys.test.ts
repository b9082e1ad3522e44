import { hkdfSync, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { deriveKey, deriveKeys } from './keys.ts'

test('keys are derived by HKDF', () => {
  for (const size of [16, 32, 64, 100]) {
    const [key, id] = [randomBytes(size), randomBytes(16)]
    using ours = deriveKey(key, id, 'names')
    expect(ours.bytes.equals(Buffer.from(hkdfSync('sha256', key, id, 'holdfast names 1', 32)))).toBe(true)
  }
})

test('no two uses and no two vaults have a key in common, and disposing zeroes them all', () => {
  const key = randomBytes(32)
  const sets = [deriveKeys(key, randomBytes(16)), deriveKeys(key, randomBytes(16))]
  const all = sets.flatMap(({ entries, names, header, manifest }) => [entries, names, header, manifest])
  expect(new Set(all.map(({ bytes }) => bytes.toString('hex'))).size).toBe(8)
  for (const keys of sets) keys[Symbol.dispose]()
  for (const secret of all) expect(() => secret.bytes).toThrow('disposed')
})
