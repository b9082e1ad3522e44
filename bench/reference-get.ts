import { createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { seal } from '../reference/sealed.ts'
import type { Rounds } from './measure.ts'
import { inBatches, type Paired, paired } from './reference-pairs.ts'
import { type BenchVault, fill } from './reference-vault.ts'

export interface GetCost {
  /** `get` of 32 bytes from an open vault beside the store's own read of the same file. */
  readonly besideRead: Paired
  /**
   * The call of node:crypto that a `get` of a remembered name makes, alone: with the key as bytes, as the vault has it,
   * beside the same with a key object made once.
   */
  readonly crypto: Paired
}

/** Pieces of work in a row that are timed as one. */
const perBatch = 500
const entries = 100

export async function getCost(vault: BenchVault, rounds: Rounds, now: () => number): Promise<GetCost> {
  await fill(vault, entries)
  const { ask, ports } = vault
  const files = (await ports.files.list()).filter((path) => path.startsWith('entry-'))
  if (files.length !== entries) throw new Error(`${files.length} files of entries in place of ${entries}`)
  let [got, read] = [0, 0]
  const besideRead = await paired(
    inBatches(perBatch, now, () => ask({ op: 'get', name: `entry ${got++ % entries}` })),
    inBatches(perBatch, now, () => ports.files.read(files[read++ % entries] ?? '')),
    rounds,
  )
  const key = randomBytes(32)
  const object = createSecretKey(key)
  const crypto = await paired(
    inBatches(perBatch, now, () => open(key)),
    inBatches(perBatch, now, () => open(object)),
    rounds,
  )
  return { besideRead, crypto }
}

const nameHash = randomBytes(32)
const place = { key: randomBytes(32), vaultId: randomBytes(16), nameHash }
const sealed = seal(place, { name: 'entry 0', value: randomBytes(32) }, 1, { bytes: randomBytes })

/** AES-256-GCM of an entry. Under another key: the tag is not looked at. */
function open(key: Uint8Array | KeyObject): void {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(12, 24), { authTagLength: 16 })
  decipher.setAAD(nameHash)
  decipher.setAuthTag(sealed.subarray(-16))
  decipher.update(sealed.subarray(24, -16))
}
