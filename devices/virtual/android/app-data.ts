/** Which encryption a file is under: of the user, closed until the first unlock, or of the device. */
export type Storage = 'credential' | 'device'

/** What the disk of the phone holds for the app. */
export interface AppData {
  /** Preferences files as last written, by storage and name. */
  preferences(storage: Storage, name: string): ReadonlyMap<string, string>
  writePreferences(storage: Storage, name: string, entries: ReadonlyMap<string, string>): void
  readonly noBackup: Map<string, Uint8Array>
  /** Of the app that is installed. */
  version: number
  /** Entries of preferences. */
  entries(): number
  /** All preferences files, by their path. */
  files(): Iterable<readonly [path: string, bytes: Uint8Array]>
  /** What a backup does not hold goes. */
  keepBackedUp(): void
  clear(): void
}

const none: ReadonlyMap<string, string> = new Map()
const utf8 = new TextEncoder()

export const createAppData = (): AppData => {
  const preferences = new Map<string, ReadonlyMap<string, string>>()
  const noBackup = new Map<string, Uint8Array>()
  const path = (storage: Storage, name: string) => `${storage}/shared_prefs/${name}`
  return {
    preferences: (storage, name) => preferences.get(path(storage, name)) ?? none,
    writePreferences(storage, name, entries) {
      preferences.set(path(storage, name), entries)
    },
    noBackup,
    version: 1,
    entries() {
      let entries = 0
      for (const file of preferences.values()) entries += file.size
      return entries
    },
    *files() {
      for (const [file, entries] of preferences)
        yield [file, utf8.encode([...entries].map(([key, value]) => `${key}=${value}\n`).join(''))] as const
      for (const [name, bytes] of noBackup) yield [`credential/no_backup/${name}`, bytes] as const
    },
    keepBackedUp() {
      noBackup.clear()
    },
    clear() {
      if (preferences.size > 0) preferences.clear()
      if (noBackup.size > 0) noBackup.clear()
    },
  }
}
