import { kdfDefault } from '../reference/pin/kdf.ts'
import type { Rounds } from './measure.ts'
import { type Paired, paired, summed } from './reference-pairs.ts'
import { type BenchVault, fill } from './reference-vault.ts'

export interface UnlockCost {
  readonly entries: number
  /** A whole unlock beside its own key derivation, as timed at the port. */
  readonly ofItsKdf: Paired
  /** A whole unlock beside a key derivation of the same cost on its own. */
  readonly besideKdf: Paired
}

/** Unlocks with a PIN at production cost, again and again. */
export async function unlockCost(
  vault: BenchVault,
  entries: number,
  rounds: Rounds,
  now: () => number,
): Promise<UnlockCost> {
  await fill(vault, entries)
  const { ask, pin, ports, lastKdfMs } = vault
  const own: [number, number][] = []
  const unlock = async () => {
    await ask({ op: 'lock' })
    const began = now()
    await ask({ op: 'unlock', pin })
    const took = now() - began
    own.push([took, lastKdfMs()])
    return took
  }
  const salt = ports.random.bytes(16)
  const password = ports.random.bytes(32)
  const derive = async () => {
    const began = now()
    await ports.kdf.argon2id({ password, salt, ...kdfDefault, length: 32 })
    return now() - began
  }
  const besideKdf = await paired(unlock, derive, rounds)
  return { entries, ofItsKdf: summed(own.slice(rounds.warmUp)), besideKdf }
}
