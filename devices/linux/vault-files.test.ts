import { expect, test } from 'vitest'
import type { z } from 'zod'
import { vaultFiles } from './vault-files.ts'

type Stored = readonly { readonly path: string; readonly mode: number; readonly bytes: string }[]
const file = (path: string, content: string, mode = 0o600) => ({
  path,
  mode,
  bytes: Buffer.from(content).toString('base64'),
})
/** An agent that keeps its files in memory. */
const folder = (...kept: Stored) => {
  let files: Stored = kept
  const ask = async <T>(question: { readonly do: string } & Record<string, unknown>, answer: z.ZodType<T>) => {
    if (question.do === 'replace') files = question.files as Stored
    return answer.parse(question.do === 'files' ? files : null)
  }
  return {
    machine: { agent: () => ({ ask }) },
    write(...next: Stored) {
      files = next
    },
    seen: () => Object.fromEntries(files.map(({ path, bytes }) => [path, Buffer.from(bytes, 'base64').toString()])),
    modes: () => files.map(({ mode }) => mode),
  }
}

test('a copy is put back in place of whatever is there', async () => {
  const { machine, write, seen, modes } = folder(file('a', 'one', 0o640), file('sub/b', 'two'))
  const files = vaultFiles(machine)
  expect(await files.putBack()).toBe('skipped')
  expect(await files.copy()).toBe('done')
  write(file('a', 'newer'), file('c', 'three'))
  expect(await files.putBack()).toBe('done')
  expect(seen()).toEqual({ a: 'one', 'sub/b': 'two' })
  expect(modes()).toEqual([0o640, 0o600])
  files.forget()
  expect(await files.putBack()).toBe('skipped')
})

test('damage changes one file and leaves the others and their modes', async () => {
  const { machine, seen, modes } = folder(file('a', 'one', 0o640), file('b', 'two'))
  const files = vaultFiles(machine)
  expect(await files.damage({ how: 'cut', file: 0, at: 1 })).toBe('done')
  expect(seen()).toEqual({ a: 'o', b: 'two' })
  expect(await files.damage({ how: 'remove', file: 1, at: 0 })).toBe('done')
  expect(seen()).toEqual({ a: 'o' })
  expect(modes()).toEqual([0o640])
})

test('where the vault keeps no files there, nothing can be done', async () => {
  const { machine } = folder()
  const files = vaultFiles(machine)
  expect(await files.copy()).toBe('skipped')
  expect(await files.damage({ how: 'flip', file: 0, at: 0 })).toBe('skipped')
  expect(await files.putBack()).toBe('skipped')
})
