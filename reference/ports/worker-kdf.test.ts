import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { kdfFloor } from '../pin/kdf.ts'
import { workerKdf } from './worker-kdf.ts'

const input = { password: Buffer.from('password'), salt: Buffer.from('somesalt'), ...kdfFloor, length: 32 }
const derived = await workerKdf.argon2id(input)

test.each(['kdf.prepare()', 'await kdf.argon2id(input)'])('a process that did %s ends by itself', async (act) => {
  const file = JSON.stringify(new URL('./worker-kdf.ts', import.meta.url))
  const cost =
    "memoryKiB: 8, iterations: 1, parallelism: 1, length: 4, password: Buffer.from('a'), salt: Buffer.alloc(8)"
  const script = `const { workerKdf: kdf } = await import(${file}); const input = { ${cost} }; ${act}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('others have their turns meanwhile', async () => {
  let turns = 0
  let turn = setImmediate(function next() {
    turns++
    turn = setImmediate(next)
  })
  await workerKdf.argon2id(input)
  clearImmediate(turn)
  // In this thread there would be a turn for each promise that hash-wasm waits for: a handful.
  expect(turns).toBeGreaterThan(100)
})

test('derivations at once do not disturb each other', async () => {
  const all = await Promise.all([input, { ...input, length: 16 }, input].map((each) => workerKdf.argon2id(each)))
  expect(all[0]).toEqual(derived)
  expect(all[1]).toHaveLength(16)
  expect(all[2]).toEqual(derived)
})

test('what hash-wasm refuses is refused, and the next derivation works', async () => {
  await expect(workerKdf.argon2id({ ...input, iterations: 0 })).rejects.toThrow('Iterations')
  expect(await workerKdf.argon2id(input)).toEqual(derived)
})

test('a thread that ends before it answered is told, and the next derivation works', async () => {
  const ending: Promise<number>[] = []
  const end = (worker: Worker) => void ending.push(worker.terminate())
  process.on('worker', end)
  // The first may have one that was started before.
  const [, second] = await Promise.allSettled([workerKdf.argon2id(input), workerKdf.argon2id(input)])
  process.off('worker', end)
  await Promise.all(ending)
  expect(second).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('ended with') } })
  expect(await workerKdf.argon2id(input)).toEqual(derived)
})
