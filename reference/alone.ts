import type { Files, Log } from '../harness/contract/platforms/desktop.ts'
import { Refusal } from './failure.ts'

/** Runs work while no other process changes the vault. Not to be nested. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>

const lockPath = 'lock'

/**
 * By a lock in the vault's folder. The keyring cannot compare and set, so whoever reads the anchor to write the next one
 * has to be the only one.
 */
export function alone(files: Files, log: Log): Alone {
  let released: Promise<void> = Promise.resolve()
  return async (work) => {
    await released
    const held = await files.lock(lockPath)
    if (held === null) throw new Refusal('busy', { reason: 'another process is at work on the vault' })
    const release = () => {
      // What was done is done; a file that could not be removed stands in nobody's way.
      released = held.release().catch(() => log.write('the lock could not be removed'))
      return released
    }
    try {
      const done = await work()
      await release()
      return done
    } catch (error) {
      // A wrong PIN was counted, and is told before anything else happens: no kill burns a guess without a verdict.
      if (error instanceof Refusal && error.failure.code === 'wrong-pin') void release()
      else await release()
      throw error
    }
  }
}
