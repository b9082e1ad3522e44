import type { Files } from '../harness/contract/platforms/desktop.ts'

const suffix = '.tmp'

/** Whether this file is the left-over of a write that a crash cut short. */
export const isLeftover = (path: string): boolean => path.endsWith(suffix)

/**
 * Replaces a file as a whole: at every moment, and after a loss of power, it holds the old bytes or the new ones. When
 * this resolves the new ones are on disk. Where it fails before the rename, nothing has changed.
 */
export async function writeDurably(files: Files, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = path + suffix
  try {
    await files.write(temporary, bytes)
    await files.sync(temporary)
    await files.rename(temporary, path)
  } catch (error) {
    // The reason of the failure is what the caller must hear of; a left-over is cleaned at the next unlock.
    await files.remove(temporary).catch(() => undefined)
    throw error
  }
  await files.syncDirectory()
}
