import type { AtomicFiles } from '../../../harness/contract/platforms/android.ts'

/** `AtomicFile`s over the app's `no_backup` folder: one effect each, so that a crash leaves the old file or the new one. */
export const createAtomicFiles = (
  files: Map<string, Uint8Array>,
  /** @throws JavaThrowable where the folder cannot be opened now */
  open: () => void,
  pass: <T>(effect: () => T) => Promise<T>,
): AtomicFiles => ({
  read: (name) =>
    pass(() => {
      open()
      const bytes = files.get(name)
      return bytes === undefined ? null : new Uint8Array(bytes)
    }),
  write(name, bytes) {
    const copy = new Uint8Array(bytes)
    return pass(() => {
      open()
      files.set(name, copy)
    })
  },
  delete: (name) =>
    pass(() => {
      open()
      files.delete(name)
    }),
  list: () =>
    pass(() => {
      open()
      return [...files.keys()]
    }),
})
