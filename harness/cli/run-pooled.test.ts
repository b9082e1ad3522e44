import { expect, test } from 'vitest'
import type { StreamRecord } from '../contract/stream.ts'
import type { RunTask } from './judge.ts'
import { createPhonePool } from './phone-pool.ts'
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
