import { expect, it } from 'vitest'
import { inWorkers } from './in-workers.ts'

const file = new URL('./sample-worker.ts', import.meta.url)

it('gives results in the order of the tasks, whoever did them and when', async () => {
  const told: number[] = []
  const results = await inWorkers<number, number>(file, [1, 50, 2, 99], 2, (result) => told.push(result))
  expect(results).toEqual([2, 100, 4, 198])
  expect(told.toSorted()).toEqual(results.toSorted())
})

it('fails with what a worker threw', async () => {
  await expect(inWorkers(file, [1, -1], 2, () => {})).rejects.toThrow('-1 is below nothing')
})
