import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ask, desk, get, put } from '../database/sample-desk.ts'
import { Refusal } from '../failure.ts'
import { decodeNotice, encodeNotice, type Notice, noticeLimit, publisherKey, signedBytes } from './notice.ts'

const pair = generateKeyPairSync('ed25519')
const foreign = generateKeyPairSync('ed25519')
const publisher = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
const notice: Notice = { app: 'desk', serial: 2, minimum: 12, message: 'A hole is being used: please update.' }
const signed = (changes: Partial<Notice> = {}, by = pair) => {
  const of = { ...notice, ...changes }
  return encodeNotice(of, sign(null, signedBytes(of), by.privateKey))
}
const code = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Refusal ? error.failure.code : error),
  )

describe('a notice of the oldest build that may open the vault', () => {
  it('closes the vault to older builds, for good, and not to newer ones', async () => {
    using world = desk()
    const old = world.start({ build: 11, publisher })
    await ask(old, { op: 'setUp' })
    await ask(old, put('a', 'one'))
    expect(await code(old.accept(signed()))).toBe('outdated')
    expect(await ask(old, get('a'))).toBe('vault-locked')
    const before = world.files()
    expect(await old.invoke({ op: 'unlock' })).toEqual({
      is: 'fail',
      failure: {
        code: 'outdated',
        reason: 'build 11 may not open this vault, 12 or newer may: A hole is being used: please update.',
      },
    })
    expect(world.files()).toEqual(before)
    world.die()
    expect(await ask(world.start({ build: 11, publisher }), { op: 'unlock' })).toBe('outdated')
    const current = world.start({ build: 12, publisher })
    expect(await ask(current, { op: 'unlock' })).toBe(null)
    expect(await ask(current, get('a'))).toBe('=one')
  })
  it('is not taken back by an older one, nor by one that nobody signed', async () => {
    using world = desk()
    const vault = world.start({ build: 11, publisher })
    await ask(vault, { op: 'setUp' })
    await ask(vault, { op: 'lock' })
    expect(await code(vault.accept(signed()))).toBe('outdated')
    expect(await code(vault.accept(signed()))).toBe('outdated')
    expect(await code(vault.accept(signed({ serial: 1, minimum: 1 })))).toBe('replayed')
    expect(await code(vault.accept(signed({ serial: 3, minimum: 1 }, foreign)))).toBe('rejected')
    expect(await code(vault.accept(signed({ serial: 3, minimum: 1, app: 'other' })))).toBe('rejected')
    expect(await ask(vault, { op: 'unlock' })).toBe('outdated')
    // The publisher alone takes it back.
    expect(await code(vault.accept(signed({ serial: 3, minimum: 11 })))).toBe(null)
    expect(await ask(vault, { op: 'unlock' })).toBe(null)
  })
  it('that was changed in the keyring opens nothing', async () => {
    using world = desk()
    const vault = world.start({ build: 11, publisher })
    await ask(vault, { op: 'setUp' })
    await ask(vault, { op: 'lock' })
    await code(vault.accept(signed()))
    const forged = Buffer.from(signed().toString().replace('"minimum":12', '"minimum":10'))
    world.secrets.set('desk/vault\0notice', forged)
    expect(await ask(vault, { op: 'unlock' })).toBe('corrupt')
  })
})

it('bytes of any kind are rejected: cut, longer, with one bit flipped, and hostile', () => {
  const key = publisherKey(publisher)
  const whole = signed()
  expect(decodeNotice(whole, key, 'desk')).toEqual(notice)
  const rejects = (bytes: Uint8Array) => {
    try {
      decodeNotice(bytes, key, 'desk')
      return false
    } catch (error) {
      return error instanceof Refusal && error.failure.code === 'rejected'
    }
  }
  const flipped = (bit: number) => {
    const bytes = Buffer.from(whole)
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return bytes
  }
  for (let bit = 0; bit < whole.length * 8; bit += 7) expect(rejects(flipped(bit))).toBe(true)
  for (let size = 0; size < whole.length; size += 5) expect(rejects(whole.subarray(0, size))).toBe(true)
  expect(rejects(Buffer.concat([whole, Buffer.from('\n')]))).toBe(true)
  expect(rejects(Buffer.alloc(noticeLimit + 1, 32))).toBe(true)
  expect(rejects(Buffer.from(`${'['.repeat(900)}\n${'0'.repeat(128)}\n`))).toBe(true)
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), rejects), { seed: 1, numRuns: 300 })
  fc.assert(
    fc.property(fc.json(), (json) => rejects(Buffer.from(`${json}\n${'0'.repeat(128)}\n`))),
    { seed: 1, numRuns: 200 },
  )
})
