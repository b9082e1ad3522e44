import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { secretOf } from './canary.ts'
import { compareCiphertexts, type Sealing } from './ciphertexts.ts'

const value = (canary: number, size = 64) => Buffer.from(secretOf({ canary, size, kind: 'text' }, 'bytes'))
const key = randomBytes(32)
/** As vaults make files: a mark, a date, the nonce, what is sealed, and its tag. */
const file = (nonce: Buffer, plain: Buffer, name = 'a') => {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = [cipher.update(Buffer.from(`len ${name}`)), cipher.update(plain), cipher.final()]
  return Buffer.concat([
    Buffer.from('MARK 2026-01-01T00:00:00.000Z of this very vault'),
    nonce,
    ...body,
    cipher.getAuthTag(),
  ])
}
type Form = (sealed: Buffer) => Buffer
const forms: Readonly<Record<string, Form>> = {
  bytes: (sealed) => sealed,
  hex: (sealed) => Buffer.from(JSON.stringify({ kind: 'entry', data: sealed.toString('hex') })),
  base64: (sealed) => Buffer.from(JSON.stringify({ kind: 'entry', data: sealed.toString('base64') })),
  base64url: (sealed) => Buffer.from(sealed.toString('base64url')),
}
const fixed = Buffer.alloc(12, 7)
const fromName = (name: string) => createHash('sha256').update(name).digest().subarray(0, 12)
const sealing = (plain: Buffer, ...files: readonly Buffer[]): Sealing => ({
  name: 'a',
  value: plain,
  files,
  changed: files,
})
const manifest = () => randomBytes(80)

describe.each(Object.entries(forms))('in %s', (_, form) => {
  const made = (nonce: () => Buffer, ...canaries: readonly number[]) =>
    compareCiphertexts(canaries.map((canary) => sealing(value(canary), manifest(), form(file(nonce(), value(canary))))))
  it('values with nonces of their own tell nothing', () => {
    expect(made(() => randomBytes(12), 1, 2, 3, 1, 1)).toEqual({ pairs: 9, sharing: 0, repeated: 0 })
  })
  it('two values under one nonce differ as the ciphertexts do', () => {
    expect(made(() => fixed, 1, 2)).toEqual({ pairs: 1, sharing: 1, repeated: 0 })
  })
  it('one value twice under one nonce gives the same bytes, which another value between shows to be its own', () => {
    expect(made(() => fixed, 1, 1, 2)).toEqual({ pairs: 2, sharing: 2, repeated: 0 })
    expect(made(() => fixed, 1, 2, 1)).toEqual({ pairs: 3, sharing: 2, repeated: 1 })
  })
})

it('a nonce of the name is the same for the next value of that name', () => {
  const of = (name: string, canary: number) => sealing(value(canary), file(fromName(name), value(canary), name))
  expect(compareCiphertexts([of('a', 1), of('b', 2)])).toMatchObject({ pairs: 1, sharing: 0 })
  expect(compareCiphertexts([of('a', 1), of('b', 2), of('a', 3)])).toMatchObject({ pairs: 3, sharing: 1 })
})

it('a block cipher with one vector gives the same bytes for one value, and no difference of two', () => {
  const cbc = (plain: Buffer) => {
    const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16))
    return Buffer.concat([Buffer.from('a mark of this very vault'), cipher.update(plain), cipher.final()])
  }
  const all = [1, 2, 1].map((canary) => sealing(value(canary), cbc(value(canary))))
  expect(compareCiphertexts(all)).toEqual({ pairs: 3, sharing: 0, repeated: 1 })
})

describe('no alarm', () => {
  it('for values that lie there as they are: that is told elsewhere', () => {
    const all = [1, 2, 1].map((canary) => sealing(value(canary), Buffer.concat([Buffer.from('value='), value(canary)])))
    expect(compareCiphertexts(all)).toEqual({ pairs: 3, sharing: 0, repeated: 0 })
  })
  it('for a digest of the value beside it', () => {
    const digest = (canary: number) => createHash('sha256').update(value(canary)).digest()
    const all = [1, 2, 1].map((canary) =>
      sealing(value(canary), Buffer.concat([digest(canary), file(randomBytes(12), value(canary))])),
    )
    expect(compareCiphertexts(all)).toEqual({ pairs: 3, sharing: 0, repeated: 0 })
  })
  it('for values that lie there in another form', () => {
    const all = [1, 2, 1].map((canary) =>
      sealing(value(canary), Buffer.from(`cache=${value(canary).toString('base64')}`)),
    )
    expect(compareCiphertexts(all)).toEqual({ pairs: 3, sharing: 0, repeated: 0 })
  })
  it('for what is kept of another entry, whatever is written to this one', () => {
    const row = randomBytes(70)
    const of = (name: string, canary: number, ...kept: readonly Buffer[]): Sealing => {
      const files = [Buffer.concat([randomBytes(20), ...kept]), file(randomBytes(12), value(canary), name)]
      return { name, value: value(canary), files, changed: files }
    }
    const all = [of('a', 1), of('b', 2, row), of('a', 2, row), of('b', 1, row), of('a', 1, row)]
    expect(compareCiphertexts(all)).toMatchObject({ sharing: 0, repeated: 0 })
  })
  it('where no file could hold the value', () => {
    const all = [1, 2].map((canary) => sealing(value(canary), randomBytes(40)))
    expect(compareCiphertexts(all).pairs).toBe(0)
  })
  it('for values that hardly differ', () => {
    const one = Buffer.alloc(64, 'x')
    const other = Buffer.from(one)
    other[5] = 0x79
    const all = [one, other].map((plain) => sealing(plain, file(fixed, plain)))
    expect(compareCiphertexts(all)).toEqual({ pairs: 1, sharing: 0, repeated: 0 })
  })
})
