import { argon2Sync } from 'node:crypto'
import { argon2id as noble } from '@noble/hashes/argon2.js'
import fc from 'fast-check'
import { argon2id as wasm } from 'hash-wasm'
import { describe, expect, it } from 'vitest'
import { type Argon2idVector, argon2idVectors } from '../../fixtures/vectors/argon2id.ts'
import { nodePorts } from '../ports/node-ports.ts'
import { exactly, fromHex, toHex } from './sample-bytes.ts'

interface Input {
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly secret?: Uint8Array | undefined
  readonly associated?: Uint8Array | undefined
  readonly memoryKiB: number
  readonly iterations: number
  readonly parallelism: number
  readonly length: number
}

const byNode = (input: Input): string =>
  toHex(
    argon2Sync('argon2id', {
      message: input.password,
      nonce: input.salt,
      secret: input.secret,
      associatedData: input.associated,
      memory: input.memoryKiB,
      passes: input.iterations,
      parallelism: input.parallelism,
      tagLength: input.length,
    }),
  )
const byNoble = ({ password, salt, secret, associated, ...cost }: Input): string =>
  toHex(
    noble(password, salt, {
      ...(secret === undefined ? {} : { key: secret }),
      ...(associated === undefined ? {} : { personalization: associated }),
      m: cost.memoryKiB,
      t: cost.iterations,
      p: cost.parallelism,
      dkLen: cost.length,
    }),
  )
/** hash-wasm has no associated data. */
const byWasm = async ({ password, salt, secret, ...cost }: Input): Promise<string> =>
  toHex(
    await wasm({
      password,
      salt,
      ...(secret === undefined ? {} : { secret }),
      memorySize: cost.memoryKiB,
      iterations: cost.iterations,
      parallelism: cost.parallelism,
      hashLength: cost.length,
      outputType: 'binary',
    }),
  )
const inputOf = ({ password, salt, secret, associated, tag, ...cost }: Argon2idVector): Input => ({
  ...cost,
  password: fromHex(password),
  salt: fromHex(salt),
  secret: secret === undefined ? undefined : fromHex(secret),
  associated: associated === undefined ? undefined : fromHex(associated),
  length: tag.length / 2,
})

/** Small costs: what is compared does not depend on how much of it there is. */
const inputs = fc
  .record({
    password: fc.uint8Array({ minLength: 1, maxLength: 80 }),
    salt: fc.uint8Array({ minLength: 8, maxLength: 40 }),
    secret: fc.option(exactly(8), { nil: undefined }),
    moreKiB: fc.nat({ max: 56 }),
    iterations: fc.integer({ min: 1, max: 3 }),
    parallelism: fc.integer({ min: 1, max: 4 }),
    length: fc.integer({ min: 4, max: 70 }),
  })
  .map(({ moreKiB, ...input }): Input => ({ ...input, memoryKiB: 8 * input.parallelism + moreKiB }))

describe('Argon2id', () => {
  it.each(argon2idVectors)('$source, $parallelism lanes: node:crypto, @noble and hash-wasm', async (vector) => {
    const input = inputOf(vector)
    expect(byNode(input)).toBe(vector.tag)
    expect(byNoble(input)).toBe(vector.tag)
    if (input.associated === undefined) expect(await byWasm(input)).toBe(vector.tag)
  })
  it('by hash-wasm is that of node:crypto on any input', async () => {
    const same = fc.asyncProperty(inputs, async (input) => {
      expect(await byWasm(input)).toBe(byNode(input))
    })
    await fc.assert(same, { numRuns: 60, seed: 1 })
  })
  it('by the port of the reference is that of node:crypto, and leaves password and salt as they were', async () => {
    const { kdf } = nodePorts('nowhere', { write: () => {} })
    const same = fc.asyncProperty(inputs, async ({ secret: _, ...input }) => {
      const before = toHex(input.password) + toHex(input.salt)
      expect(toHex(await kdf.argon2id(input))).toBe(byNode(input))
      expect(toHex(input.password) + toHex(input.salt)).toBe(before)
    })
    await fc.assert(same, { numRuns: 20, seed: 1 })
  })
  it('depends on each of its inputs', async () => {
    const base: Input = {
      password: Buffer.from('password'),
      salt: Buffer.from('somesalt'),
      memoryKiB: 32,
      iterations: 2,
      parallelism: 2,
      length: 32,
    }
    const others: readonly Partial<Input>[] = [
      { password: Buffer.from('Password') },
      { salt: Buffer.from('somesalT') },
      { memoryKiB: 48 },
      { iterations: 3 },
      { parallelism: 1 },
      { length: 33 },
      { secret: Buffer.from('a secret') },
    ]
    const all = await Promise.all([base, ...others.map((other) => ({ ...base, ...other }))].map(byWasm))
    expect(new Set(all.map((tag) => tag.slice(0, 32))).size).toBe(all.length)
  })
})
