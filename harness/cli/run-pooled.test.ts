import { expect, test } from 'vitest'
import type { StreamRecord } from '../contract/stream.ts'
import { createPhonePool } from '../engine/phone-pool.ts'
import type { RunTask } from './judge.ts'
import { runPooled } from './run-pooled.ts'
import type { WorkerTask } from './target-worker.ts'

const entry = { is: 'virtual-ios' } as const
const phones = [
  { name: 'a', entry },
  { name: 'b', entry },
]
const task = {
  spec: { name: 'mine@lab', vault: 'webview:x.y', device: 'lab' },
  requirements: ['ENC-01'],
} as unknown as WorkerTask
const fault = (sentence: string): StreamRecord => ({
  type: 'target-error',
  target: 'mine@lab',
  blame: 'environment',
  cause: 'environment',
  sentence,
})
const smoke: StreamRecord = { type: 'smoke', target: 'mine@lab', ok: true, blame: null, sentence: 'fine' }

const told = async (records: (phone: string) => readonly StreamRecord[]) => {
  const asked: string[] = []
  const run: RunTask = async ({ spec }, put) => {
    asked.push(spec.device)
    for (const record of records(spec.device)) put(record)
  }
  const pool = createPhonePool(phones, async () => false)
  const out: StreamRecord[] = []
  await runPooled(pool, run)(task, (record) => out.push(record), new AbortController().signal)
  return { asked, out }
}

test('another phone is tried where one failed before the vault was asked for anything', async () => {
  const { asked, out } = await told((phone) => (phone === 'a' ? [fault('a is gone')] : [smoke]))
  expect(asked).toEqual(['a', 'b'])
  expect(out).toEqual([smoke])
})

test('a phone that fails later is not tried again: what the vault did stays told', async () => {
  const { asked, out } = await told(() => [smoke, fault('it went away')])
  expect(asked).toEqual(['a'])
  expect(out).toEqual([smoke, fault('it went away')])
})

test('where every phone fails, the last says why, and each was tried once', async () => {
  const { asked, out } = await told((phone) => [fault(`${phone} is gone`)])
  expect(asked).toEqual(['a', 'b'])
  expect(out).toEqual([fault('b is gone')])
})

test('a fault of the adapter is nobody else’s: it is told as it is', async () => {
  const adapter: StreamRecord = { ...fault('no bridge'), blame: 'adapter', cause: 'adapter' } as StreamRecord
  const { asked, out } = await told(() => [adapter])
  expect([asked, out]).toEqual([['a'], [adapter]])
})

const share = (phone: string, why: string | null): StreamRecord => ({
  type: 'phone',
  target: 'mine@lab',
  phone,
  programs: 3,
  lost: 0,
  why,
})

test('one target is given several phones, and those that failed on the way are given back as such', async () => {
  const lab = [...phones, { name: 'c', entry }]
  const pool = createPhonePool(lab, async () => false)
  const also: (readonly string[])[] = []
  const run: RunTask = async ({ spec }, put) => {
    also.push((spec.also ?? []).map(({ name }) => name))
    for (const record of [smoke, share('a', null), share('b', 'b is gone')]) put(record)
  }
  for (const _ of [1, 2]) await runPooled(pool, run, 2)(task, () => {}, new AbortController().signal)
  // The second time c comes first, since it waited longest.
  expect(also).toEqual([['b'], ['b']])
  expect(pool.aside()).toEqual(['b'])
})
