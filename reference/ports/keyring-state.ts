import type { KeyringState, UnlockEnd } from '../../harness/contract/platforms/desktop.ts'
import { type Connection, connect, DBusError, sessionAddress } from '../../harness/dbus/connection.ts'
import {
  defaultCollection,
  isLocked,
  owner,
  promptToUnlock,
  search,
  start,
  startable,
} from '../../harness/dbus/secret-service.ts'

/** How the Secret Service stands, and who serves it: that name changes with each start of the daemon. */
export interface Standing {
  readonly state: KeyringState
  readonly owner: string | null
}
const gone: Standing = { state: 'absent', owner: null }

/** The same, with how many items there are of what is to be used. */
export interface Approached extends Standing {
  readonly items: number
}
const nothing: Approached = { ...gone, items: 0 }

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
export function approach(attributes: Readonly<Record<string, string>>): Promise<Approached> {
  return overBus(async (on) => {
    if ((await owner(on)) === null && !(await start(on))) return nothing
    const seen = await standing(on)
    if (seen.state !== 'unlocked') return { ...seen, items: 0 }
    // An item may lie in another collection, which has a lock of its own.
    const { locked, unlocked } = await search(on, attributes)
    return { ...seen, state: locked.length > 0 ? 'locked' : 'unlocked', items: locked.length + unlocked.length }
  }, nothing)
}

/**
 * Has the person unlock the collection that new items go to, and waits that many milliseconds at most. Without a screen
 * there is nobody to be asked, and a prompt that cannot be shown would count as dismissed.
 */
export async function askToUnlock(waitMs: number): Promise<UnlockEnd | 'absent'> {
  if (process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined) return 'unanswered'
  return overBus(async (on) => {
    if ((await owner(on)) === null && !(await start(on))) return 'absent'
    const collection = await defaultCollection(on)
    if (collection === null) return 'absent'
    const end = await promptToUnlock(on, collection, waitMs)
    if (end === 'dismissed') return 'dismissed'
    return end === 'pending' || (await isLocked(on, collection)) ? 'unanswered' : 'unlocked'
  }, 'absent')
}
