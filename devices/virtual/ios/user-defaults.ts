import type { UserDefaults } from '../../../harness/contract/platforms/ios.ts'
import type { Phone } from './phone.ts'
import type { AppProcess } from './process.ts'

interface Change {
  readonly number: number
  readonly key: string
  readonly value: string | null
}

/**
 * `UserDefaults.standard` for one process of the app, over what is on the disk. Before the first unlock the file cannot
 * be opened: nothing is seen of it, without an error, and what is set meanwhile waits.
 */
export const createUserDefaults = (process: AppProcess, phone: Phone, disk: Map<string, string>): UserDefaults => {
  /** Set by this process and not on the disk yet, oldest first. */
  let unwritten: Change[] = []
  let last = 0

  const writeUpTo = (number: number) => {
    if (!phone.unlockedOnce()) return
    for (const { key, value, number: at } of unwritten) {
      if (at > number) break
      if (value === null) disk.delete(key)
      else disk.set(key, value)
    }
    unwritten = unwritten.filter((change) => change.number > number)
  }
  const change = (key: string, value: string | null) => {
    if (!process.alive()) return
    const number = ++last
    unwritten.push({ number, key, value })
    // Writes reach the disk in order, whichever effect completes first.
    process.later(() => writeUpTo(number))
  }
  const seen = (): Map<string, string> => {
    if (unwritten.length === 0) return phone.unlockedOnce() ? disk : new Map()
    const all = new Map(phone.unlockedOnce() ? disk : [])
    for (const { key, value } of unwritten) {
      if (value === null) all.delete(key)
      else all.set(key, value)
    }
    return all
  }

  return {
    string: (key) => process.pass(() => seen().get(key) ?? null),
    keys: () => process.pass(() => [...seen().keys()]),
    set: (key, value) => change(key, value),
    remove: (key) => change(key, null),
    synchronize: () =>
      process.pass(() => {
        writeUpTo(last)
        return unwritten.length === 0
      }),
  }
}
