import { pbkdf2Sync } from 'node:crypto'
import { pbkdf2 as noble } from '@noble/hashes/pbkdf2.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { createSHA256, createSHA512, pbkdf2 as wasm } from 'hash-wasm'
import { describe, expect, it } from 'vitest'
import { pbkdf2Vectors } from '../../fixtures/vectors/pbkdf2.ts'
import { fromHex, toHex } from './sample-bytes.ts'

const hashes = {
  sha256: { noble: sha256, wasm: createSHA256 },
  sha512: { noble: sha512, wasm: createSHA512 },
} as const
interface Input {
  readonly hash: keyof typeof hashes
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly iterations: number
  readonly length: number
}

const byNode = ({ hash, password, salt, iterations, length }: Input): string =>
  toHex(pbkdf2Sync(password, salt, iterations, length, hash))
const byNoble = ({ hash, password, salt, iterations, length }: Input): string =>
  toHex(noble(hashes[hash].noble, password, salt, { c: iterations, dkLen: length }))
const byWasm = async ({ hash, length, ...input }: Input): Promise<string> =>
  toHex(await wasm({ ...input, hashLength: length, hashFunction: hashes[hash].wasm(), outputType: 'binary' }))

describe('PBKDF2', () => {
  it.each(pbkdf2Vectors)('$source, $iterations iterations', async (vector) => {
    const input: Input = {
      hash: 'sha256',
      password: fromHex(vector.password),
      salt: fromHex(vector.salt),
      iterations: vector.iterations,
      length: vector.key.length / 2,
    }
    expect(byNode(input)).toBe(vector.key)
    // The long one would take the others longer than all other tests here.
    if (vector.iterations > 10_000) return
    expect(byNoble(input)).toBe(vector.key)
    expect(await byWasm(input)).toBe(vector.key)
  })
  it('by hash-wasm and by @noble is that of node:crypto on any input', async () => {
    const inputs = fc.record<Input>({
      hash: fc.constantFrom('sha256', 'sha512'),
      // Over 64 and 128 bytes the key of the HMAC is hashed first.
      password: fc.uint8Array({ minLength: 1, maxLength: 150 }),
      salt: fc.uint8Array({ minLength: 1, maxLength: 64 }),
      iterations: fc.integer({ min: 1, max: 20 }),
      length: fc.integer({ min: 1, max: 140 }),
    })
    const same = fc.asyncProperty(inputs, async (input) => {
      const expected = byNode(input)
      expect(byNoble(input)).toBe(expected)
      expect(await byWasm(input)).toBe(expected)
    })
    await fc.assert(same, { numRuns: 60, seed: 1 })
  })
})
