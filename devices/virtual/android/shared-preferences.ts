import type { SharedPreferences, SharedPreferencesEditor } from '../../../harness/contract/platforms/android.ts'
import type { Looper } from './looper.ts'

type Entries = Map<string, string>
type Change = (entries: Entries) => void

export interface PreferencesFile {
  /** @throws JavaThrowable where it cannot be opened now */
  read(): ReadonlyMap<string, string>
  write(entries: ReadonlyMap<string, string>): void
}

/**
 * Preferences of one process: read as a whole when first used, then answered from memory. Each `commit` and `apply`
 * changes the memory at once and writes it as an effect of its own, in order, on the queue of the process: that of an
 * `apply` after a while, since nobody waits for it.
 */
export const createSharedPreferences = (
  file: PreferencesFile,
  pass: <T>(effect: () => T) => Promise<T>,
  queue: Looper,
): SharedPreferences => {
  let memory: Entries | null = null
  let loading: Promise<Entries> | null = null

  const load = (): Promise<Entries> => {
    loading ??= pass(() => new Map(file.read())).then((entries) => {
      memory = entries
      return entries
    })
    return loading
  }
  const read = <T>(look: (entries: Entries) => T): Promise<T> =>
    memory === null ? load().then(look) : Promise.resolve(look(memory))

  /** Changes the memory, and tells when that state is on the disk. */
  const written = (entries: Entries, changes: readonly Change[], later: boolean): Promise<boolean> => {
    for (const change of changes) change(entries)
    const state = new Map(entries)
    return new Promise((resolve) => {
      queue.post(() => {
        file.write(state)
        resolve(true)
      }, later)
    })
  }
  const save = (changes: readonly Change[], later: boolean): Promise<boolean> =>
    memory === null ? load().then((entries) => written(entries, changes, later)) : written(memory, changes, later)

  const edit = (): SharedPreferencesEditor => {
    let changes: Change[] = []
    const gather = (change: Change): SharedPreferencesEditor => {
      changes.push(change)
      return editor
    }
    const take = () => {
      const taken = changes
      changes = []
      return taken
    }
    const editor: SharedPreferencesEditor = {
      putString: (key, value) => gather((entries) => entries.set(key, value)),
      remove: (key) => gather((entries) => entries.delete(key)),
      // Whatever the order of calls, Android clears before it puts.
      clear() {
        changes.unshift((entries) => entries.clear())
        return editor
      },
      commit: () => save(take(), false),
      apply() {
        void save(take(), true)
      },
    }
    return editor
  }

  return {
    getString: (key) => read((entries) => entries.get(key) ?? null),
    contains: (key) => read((entries) => entries.has(key)),
    keys: () => read((entries) => [...entries.keys()]),
    edit,
  }
}
