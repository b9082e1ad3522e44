import type { Rounds } from './measure.ts'
import { inBatches, type Paired, paired } from './reference-pairs.ts'
import { type BenchVault, fill } from './reference-vault.ts'

/** Reads in a row that are timed as one. */
const perBatch = 500
const entries = 100

/** `get` of 32 bytes from an open vault beside the store's own read of the same file. */
export async function getCost(vault: BenchVault, rounds: Rounds, now: () => number): Promise<Paired> {
  await fill(vault, entries)
  const { ask, ports } = vault
  const files = (await ports.files.list()).filter((path) => path.startsWith('entry-'))
  if (files.length !== entries) throw new Error(`${files.length} files of entries in place of ${entries}`)
  let [got, read] = [0, 0]
  return paired(
    inBatches(perBatch, now, () => ask({ op: 'get', name: `entry ${got++ % entries}` })),
    inBatches(perBatch, now, () => ports.files.read(files[read++ % entries] ?? '')),
    rounds,
  )
}
