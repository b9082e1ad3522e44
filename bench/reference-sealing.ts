import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { seal, unseal } from '../reference/sealed.ts'
import type { Rounds } from './measure.ts'
import { inBatches, type Paired, paired } from './reference-pairs.ts'

export interface SealingSpeed {
  /** Bytes of the value. */
  readonly size: number
  readonly sealing: Paired
  readonly opening: Paired
}

const sizes = [32, 1_024, 65_536, 1_048_576]
/** Bytes and calls that make a batch long enough to be timed. */
const batch = { bytes: 16 * 1_048_576, calls: 500 }
const authTagLength = 16

/** AES-256-GCM and nothing else: a new nonce, one update, the tag. What comes out is not even joined. */
function bareSeal(key: Uint8Array, value: Uint8Array) {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength })
  return { nonce, body: cipher.update(value), last: cipher.final(), tag: cipher.getAuthTag() }
}
function bareOpen(key: Uint8Array, { nonce, body, tag }: ReturnType<typeof bareSeal>) {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength })
  decipher.setAuthTag(tag)
  const value = decipher.update(body)
  decipher.final()
  return value
}

/** Sealing and opening an entry beside bare AES-256-GCM of a value of the same size. */
export async function sealingSpeeds(rounds: Rounds, now: () => number): Promise<readonly SealingSpeed[]> {
  const key = randomBytes(32)
  const place = { key, vaultId: randomBytes(16), nameHash: randomBytes(32) }
  const random = { bytes: randomBytes }
  const measured: SealingSpeed[] = []
  for (const size of sizes) {
    const value = randomBytes(size)
    const content = { name: 'a name of usual length', value }
    const times = Math.max(8, Math.min(batch.calls, Math.ceil(batch.bytes / size)))
    const timed = (work: () => unknown) => inBatches(times, now, work)
    let version = 0
    const sealed = seal(place, content, ++version, random)
    const bare = bareSeal(key, value)
    const sealing = await paired(
      timed(() => seal(place, content, ++version, random)),
      timed(() => bareSeal(key, value)),
      rounds,
    )
    const opening = await paired(
      timed(() => unseal(place, sealed)),
      timed(() => bareOpen(key, bare)),
      rounds,
    )
    measured.push({ size, sealing, opening })
  }
  return measured
}
