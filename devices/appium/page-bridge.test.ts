import { createHash, webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import type { VaultCall } from '../../harness/contract/operations.ts'
import { type ValueRef, valueKinds } from '../../harness/contract/values.ts'
import { pinSize, sizeOf, writeCanary, writePin } from '../../harness/engine/canary-bytes.ts'

const source = readFileSync(new URL('./page-bridge.js', import.meta.url), 'utf8')

interface Bridge {
  readonly version: number
  serve(adapter: object): void
  exchange(lines: readonly string[], waitMs: number): Promise<readonly string[]>
}
const bridge = (): Bridge => {
  const page = { setTimeout, TextEncoder, TextDecoder, crypto: webcrypto } as { holdfast?: Bridge }
  runInNewContext(source, page)
  const { holdfast } = page
  if (holdfast === undefined) throw new Error('the bridge left nothing in the page')
  return holdfast
}
const description = { values: 'bytes', operations: ['put', 'get', 'unlock'] }

/** A page whose vault keeps what it was given, and one call to it by recipe. */
const page = (values: 'bytes' | 'text' = 'bytes') => {
  const got: VaultCall[] = []
  let kept: unknown = null
  const made = bridge()
  const begun = (namespace: string) => ({
    async invoke(call: VaultCall) {
      got.push(call)
      if (call.op === 'put') kept = typeof call.value === 'string' ? call.value : Uint8Array.from(call.value)
      if (namespace === 'thrown') throw new TypeError('no')
      return { is: 'ok', value: call.op === 'get' ? kept : null }
    },
  })
  made.serve({ description: { ...description, values }, open: begun })
  const ask = async (...requests: readonly object[]): Promise<readonly unknown[]> => {
    const answers: unknown[] = []
    let lines = requests.map((request) => JSON.stringify(request))
    while (answers.length < requests.length) {
      for (const line of await made.exchange(lines, 1000)) answers.push(JSON.parse(line))
      lines = []
    }
    return answers
  }
  return { got, ask }
}
const begin = { id: 0, begin: { namespace: 'n' } }

test('is one file of at most sixty lines that needs nothing', () => {
  expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(60)
  expect(source).not.toMatch(/\bimport\b|\brequire\b/)
})

describe('makes every secret as the harness does', () => {
  const sizes = [0, 1, 7, 24, 4096]
  test.each(valueKinds.flatMap((kind) => sizes.map((size): ValueRef => ({ canary: 5, size, kind }))))(
    '$kind of $size',
    async (value) => {
      const { got, ask } = page()
      const answers = await ask(begin, { id: 1, op: 'put', name: 'a', value }, { id: 2, op: 'get', name: 'a' })
      const bytes = Buffer.alloc(sizeOf(value))
      writeCanary(value, bytes)
      expect(Buffer.from((got[0] as { readonly value: Uint8Array }).value).toString('hex')).toBe(bytes.toString('hex'))
      const digest = { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }
      expect(answers).toEqual([
        { id: 0, ok: null },
        { id: 1, ok: null },
        { id: 2, ok: digest },
      ])
    },
  )
  test.each([0, 1, 4, 4711])('PIN %d', async (pin) => {
    const { got, ask } = page('text')
    await ask(begin, { id: 1, op: 'unlock', pin: { pin } })
    const digits = Buffer.alloc(pinSize)
    writePin({ pin }, digits)
    expect(got).toEqual([{ op: 'unlock', pin: digits.toString() }])
  })
})

test('a value that was read leaves the page only as its digest, text too', async () => {
  const { ask } = page('text')
  const value: ValueRef = { canary: 1, size: 30, kind: 'unicode' }
  const told = JSON.stringify(await ask(begin, { id: 1, op: 'put', value }, { id: 2, op: 'get' }))
  const bytes = Buffer.alloc(sizeOf(value))
  writeCanary(value, bytes)
  expect(told).toContain(createHash('sha256').update(bytes).digest('hex'))
  expect(told).not.toContain(bytes.toString())
})

test('says hello as a vault that takes recipes, also where it was asked before it served', async () => {
  const made = bridge()
  const [nothing] = [await made.exchange([JSON.stringify({ hello: { protocol: 1 } })], 1)]
  made.serve({ description, open: () => ({ invoke: async () => ({ is: 'ok', value: null }) }) })
  const [hello = '{}'] = await made.exchange([], 1000)
  expect(nothing).toHaveLength(0)
  expect(JSON.parse(hello)).toEqual({ hello: { protocol: 1, description: { ...description, secrets: 'recipes' } } })
})

test('what is not offered is unsupported, and what is thrown is told by its type', async () => {
  const { ask } = page()
  expect(await ask(begin, { id: 1, op: 'list' })).toContainEqual({ id: 1, fail: { code: 'unsupported' } })
  expect(await ask({ id: 2, begin: { namespace: 'thrown' } }, { id: 3, op: 'get' })).toContainEqual({
    id: 3,
    native: { domain: 'javascript', type: 'TypeError' },
  })
})
