import { DeviceFault } from '../contract/device.ts'
import type { History } from '../contract/history.ts'
import type { Program } from '../contract/program.ts'
import { createPhonePool } from './phone-pool.ts'
import { ProgramLost, type Session } from './session.ts'

/** One of several phones that share the programs of one target. */
export interface SharedPhone {
  readonly name: string
  run(program: Program): Promise<History>
  /** Whether the vault was asked for anything in the last program. */
  asked(): boolean
  /** Opens it anew, and tells whether the vault there answers. */
  inOrder(): Promise<boolean>
}

/** What one of them did. */
export interface PhoneShare {
  readonly phone: string
  readonly programs: number
  /** Programs that went away with it. */
  readonly lost: number
  /** Why it failed last; null where it never did. */
  readonly why: string | null
}

/**
 * A session on several phones, each of which takes the next program once it is free. Where a phone fails before the vault
 * was asked for anything, another takes the program; later that could hide what the vault did, and the program is lost.
 */
export const spread = (phones: readonly SharedPhone[]): Session & { shares(): readonly PhoneShare[] } => {
  const pool = createPhonePool(phones, ({ inOrder }) => inOrder().catch(() => false))
  const shares = new Map(
    phones.map(({ name }): [string, PhoneShare] => [name, { phone: name, programs: 0, lost: 0, why: null }]),
  )
  const note = (name: string, change: (share: PhoneShare) => PhoneShare) => {
    const share = shares.get(name)
    if (share !== undefined) shares.set(name, change(share))
  }
  const run = async (program: Program): Promise<History> => {
    const tried = new Set<string>()
    let last: unknown = null
    for (;;) {
      const phone = await pool.take(tried)
      if (phone === null) throw last ?? new DeviceFault('None of the phones of this target is in order any more.')
      tried.add(phone.name)
      try {
        const history = await phone.run(program)
        note(phone.name, (share) => ({ ...share, programs: share.programs + 1 }))
        pool.give(phone, 'worked')
        return history
      } catch (error) {
        const faulty = error instanceof DeviceFault
        pool.give(phone, faulty ? 'failed' : 'worked')
        if (!faulty) throw error
        const { message } = error
        const asked = phone.asked()
        note(phone.name, (share) => ({ ...share, lost: share.lost + (asked ? 1 : 0), why: message }))
        if (asked) throw new ProgramLost(`${phone.name}: ${message}`, { cause: error })
        last = error
      }
    }
  }
  // One waits for each that is at work, so that none is idle while results are put in order.
  return { run, atOnce: phones.length * 2, shares: () => [...shares.values()] }
}
