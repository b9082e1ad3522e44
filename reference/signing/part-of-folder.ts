import type { Files } from '../../harness/contract/platforms/desktop.ts'

/** The files of a folder whose names begin so, as a folder of their own: with a lock of its own. */
export const partOfFolder = (files: Files, prefix: string): Files => ({
  read: (path) => files.read(prefix + path),
  write: (path, bytes) => files.write(prefix + path, bytes),
  sync: (path) => files.sync(prefix + path),
  rename: (from, to) => files.rename(prefix + from, prefix + to),
  remove: (path) => files.remove(prefix + path),
  list: async () =>
    (await files.list()).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)),
  syncDirectory: () => files.syncDirectory(),
  lock: (path) => files.lock(prefix + path),
})
