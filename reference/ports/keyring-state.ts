import type { KeyringState } from '../../harness/contract/platforms/desktop.ts'
import { type Connection, connect, DBusError, sessionAddress } from '../../harness/dbus/connection.ts'
import { defaultCollection, isLocked, owner, search, start, startable } from '../../harness/dbus/secret-service.ts'

/** How the Secret Service stands, and who serves it: that name changes with each start of the daemon. */
export interface Standing {
  readonly state: KeyringState
  readonly owner: string | null
}
const gone: Standing = { state: 'absent', owner: null }

async function overBus<T>(ask: (on: Connection) => Promise<T>, noBus: T): Promise<T> {
  try {
    using on = await connect(sessionAddress(process.env))
    return await ask(on)
  } catch (error) {
    // By type: whatever the bus refuses, times out on or breaks off, nobody serves secrets to us.
    if (error instanceof DBusError) return noBus
    throw error
  }
}

async function standing(on: Connection): Promise<Standing> {
  const served = await owner(on)
  if (served === null) return gone
  const collection = await defaultCollection(on)
  if (collection === null) return { state: 'absent', owner: served }
  return { state: (await isLocked(on, collection)) ? 'locked' : 'unlocked', owner: served }
}

/**
 * Looks without touching: no prompt, no daemon started. A service that the desktop would start at first use counts as
 * locked, which is how it starts.
 */
export function look(): Promise<Standing> {
  return overBus(async (on) => {
    const seen = await standing(on)
    return seen.owner === null && (await startable(on)) ? { state: 'locked', owner: null } : seen
  }, gone)
}

/** Before use: starts the service as the desktop does, and looks whether this item could be used without a prompt. */
export function approach(attributes: Readonly<Record<string, string>>): Promise<Standing> {
  return overBus(async (on) => {
    if ((await owner(on)) === null && !(await start(on))) return gone
    const seen = await standing(on)
    if (seen.state !== 'unlocked') return seen
    // An item may lie in another collection, which has a lock of its own.
    const { locked } = await search(on, attributes)
    return locked.length > 0 ? { ...seen, state: 'locked' } : seen
  }, gone)
}
