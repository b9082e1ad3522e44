import { z } from 'zod'
import { secretSchema, stateSchema } from '../linux/take-readings.ts'
import type { LoginReading } from './judge-login.ts'
import type { VirtualMachine } from './machine.ts'

/** No secret: what our own probe stores. */
const wrote = 'holdfast-probe'

/** Locks the keyring, logs out and in, and reads an item without a word to the keyring. */
export const takeLoginReading = async (
  machine: VirtualMachine,
  namespace: string,
): Promise<LoginReading | { readonly failed: string }> => {
  try {
    const item = await machine.agent().ask({ do: 'create', namespace, secret: wrote }, z.string())
    const { locked } = await machine.agent().ask({ do: 'lock' }, stateSchema)
    await machine.logInAgain?.()
    const openAfter = await machine.agent().ask({ do: 'opened_by_login' }, z.boolean())
    const read = await machine.agent().ask({ do: 'secret', item }, secretSchema)
    await machine.agent().ask({ do: 'sweep', namespace }, z.null())
    return { lockedBefore: locked === true, openAfter, wrote, read: 'value' in read ? read.value : null }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}
