import { createHash } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Description } from '../contract/description.ts'
import { type Response, responseSchema } from '../contract/protocol.ts'
import type { Answer, Vault } from '../contract/vault.ts'
import { secretOf } from '../engine/canary.ts'
import { serve } from './serve.ts'

const description: Description = {
  name: 'served',
  version: '1',
  profiles: ['store'],
  operations: ['put', 'get', 'delete', 'list'],
  values: 'bytes',
  limits: {},
  durability: 'process',
  keyring: 'none',
  restore: 'namespace',
  derived: [],
  mapping: [],
}
const begin = { id: 0, begin: { namespace: 'n' } }

/** Serves until the input ends, and returns every line of the output. */
async function answers(lines: readonly unknown[], invoke: Vault['invoke'], described = description) {
  const input = new PassThrough()
  const out: Response[] = []
  const errors: string[] = []
  const output = {
    write(text: string) {
      for (const line of text.split('\n')) if (line !== '') out.push(responseSchema.parse(JSON.parse(line)))
      return true
    },
  }
  const served = { description: described, open: () => ({ invoke }) }
  const done = serve(served, { input, output, errors: { write: (text: string) => errors.push(text) > 0 } })
  input.end(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  await done
  await new Promise((resume) => setImmediate(resume))
  return { out, errors }
}
const ok = (value: Extract<Answer, { is: 'ok' }>['value']): Promise<Answer> => Promise.resolve({ is: 'ok', value })

describe('a served vault', () => {
  it('makes secrets from recipes, zeroes them, and answers reads by digest', async () => {
    const seen: Uint8Array[] = []
    const given: string[] = []
    const value = { canary: 1, size: 48, kind: 'text' } as const
    const { out } = await answers(
      [
        begin,
        { id: 1, hold: value },
        { id: 2, op: 'put', name: 'a', value },
        { id: 3, op: 'get', name: 'a' },
        { id: 4, hold: null },
      ],
      async (call) => {
        const bytes = call.op === 'put' ? call.value : Buffer.from('what was read')
        if (!(bytes instanceof Uint8Array)) throw new Error('a recipe makes bytes')
        seen.push(bytes)
        given.push(Buffer.from(bytes).toString())
        return { is: 'ok', value: call.op === 'get' ? bytes : null }
      },
      { ...description, secrets: 'recipes' },
    )
    expect(given[0]).toBe(Buffer.from(secretOf(value, 'bytes') as Uint8Array).toString())
    const sha256 = createHash('sha256').update('what was read').digest('hex')
    expect(out.slice(1)).toEqual(
      expect.arrayContaining([
        { id: 1, ok: null },
        { id: 2, ok: null },
        { id: 3, ok: { sha256, size: 13 } },
        { id: 4, ok: null },
      ]),
    )
    expect(seen.map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true, true])
  })
  it('holds nothing where secrets are no recipes', async () => {
    const { out } = await answers([begin, { id: 1, hold: null }], () => ok(null))
    expect(out.at(-1)).toMatchObject({ id: 1, fail: { code: 'unsupported' } })
  })
  it('says hello, begins, and carries bytes, text, lists and nothing', async () => {
    const seen: unknown[] = []
    const { out } = await answers(
      [
        { hello: { protocol: 1 } },
        begin,
        { id: 1, op: 'put', name: 'a', value: { bytes: 'AAH/' } },
        { id: 2, op: 'get', name: 'a' },
        { id: 3, op: 'get', name: 'text' },
        { id: 4, op: 'list' },
      ],
      (call) => {
        seen.push(call)
        if (call.op === 'list') return ok(['a', 'b'])
        if (call.op === 'get') return ok(call.name === 'text' ? 'words' : new Uint8Array([0, 1, 255]))
        return ok(null)
      },
    )
    expect(out).toEqual([
      { hello: { protocol: 1, description } },
      { id: 0, ok: null },
      { id: 1, ok: null },
      { id: 2, ok: { bytes: 'AAH/' } },
      { id: 3, ok: { text: 'words' } },
      { id: 4, ok: ['a', 'b'] },
    ])
    expect(seen[0]).toEqual({ op: 'put', name: 'a', value: new Uint8Array([0, 1, 255]) })
  })
  it('answers as calls settle, not as they came', async () => {
    let release: (answer: Answer) => void = () => undefined
    const { out } = await answers([begin, { id: 1, op: 'get', name: 'a' }, { id: 2, op: 'list' }], (call) => {
      if (call.op === 'get')
        return new Promise((resolve) => {
          release = resolve
        })
      setImmediate(() => release({ is: 'fail', failure: { code: 'not-found' } }))
      return ok([])
    })
    expect(out.slice(1)).toEqual([
      { id: 2, ok: [] },
      { id: 1, fail: { code: 'not-found' } },
    ])
  })
  it('turns what was thrown into its native identity', async () => {
    const { out } = await answers([begin, { id: 1, op: 'get', name: 'a' }, { id: 2, op: 'list' }], (call) => {
      if (call.op === 'list') throw new RangeError('too far')
      return Promise.reject(Object.assign(new Error('gone'), { code: 'ENOENT' }))
    })
    const native = { domain: 'javascript' }
    expect(out.slice(1)).toContainEqual({
      id: 1,
      native: { ...native, code: 'ENOENT', type: 'Error', message: 'gone' },
    })
    expect(out.slice(1)).toContainEqual({
      id: 2,
      native: { ...native, code: null, type: 'RangeError', message: 'too far' },
    })
  })
  it('refuses by id what it cannot do, and tells nonsense on the other stream without repeating it', async () => {
    const { out, errors } = await answers(
      [
        { id: 1, op: 'list' },
        begin,
        { id: 2, op: 'fly' },
        { id: 3, op: 'lock' },
        { id: 4, op: 'put', name: 'a', value: { bytes: '***' } },
        'S3CRET nonsense',
        { op: 'list' },
      ],
      () => ok(null),
    )
    const codes = out.map((answer) => ('fail' in answer ? [answer.id, answer.fail.code] : 'ok'))
    expect(codes).toEqual([
      [1, 'invalid-argument'],
      'ok',
      [2, 'unsupported'],
      [3, 'unsupported'],
      [4, 'invalid-argument'],
    ])
    expect(errors).toHaveLength(2)
    expect(errors.join()).not.toContain('S3CRET')
  })
})
