import { type Keyring, KeyringError, type UnlockEnd } from '../harness/contract/platforms/desktop.ts'
import { Refusal } from './failure.ts'

/** How long a person is waited for who does nothing about the prompt. Milliseconds. */
export const promptPatienceMs = 120_000

/** Does work that needs the keyring. Where that is locked the person is asked to unlock it, and the work done again, once. */
export type Unlocked = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Calls that meet a locked keyring at the same time share one prompt. Nothing is remembered of how it ended: the next
 * call asks again.
 * @returns rejects with what the work failed with where nobody could be asked, as `user-cancelled` where the prompt was dismissed
 */
export function unlockPrompt(keyring: Keyring): Unlocked {
  let asking: Promise<UnlockEnd> | null = null
  const ask = async (): Promise<UnlockEnd> => {
    try {
      return (await keyring.unlock?.(promptPatienceMs)) ?? 'unanswered'
    } finally {
      asking = null
    }
  }
  return async (work) => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof KeyringError && error.kind === 'locked')) throw error
      asking ??= ask()
      const end = await asking
      if (end === 'unanswered') throw error
      if (end === 'dismissed')
        throw new Refusal('user-cancelled', { reason: 'the prompt to unlock the keyring was dismissed' })
    }
    return work()
  }
}
