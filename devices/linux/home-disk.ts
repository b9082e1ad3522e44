import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DeviceFault } from '../../harness/contract/device.ts'

const bytes = 64 * 1024 * 1024
const shell = promisify(execFile)

/** A file system of its own for a home: ext4 in a file, as Debian mounts it. Disposing of it removes it. */
export interface HomeDisk extends AsyncDisposable {
  /** Where it is mounted on this machine. */
  readonly path: string
  /**
   * Keeps what has reached the disk by now, as a power cut does: what the kernel still holds in memory is not in there.
   * Those who write to it must stand still.
   */
  freeze(): Promise<void>
  /** Puts what was kept in place of all that came later. Nobody may use it. */
  putBack(): Promise<void>
}

/**
 * Makes one. Takes root's rights and a loop device.
 * @throws DeviceFault where this machine gives none
 */
export const makeHomeDisk = async (): Promise<HomeDisk> => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-disk-'))
  const [disk, kept, path] = [join(folder, 'disk'), join(folder, 'kept'), join(folder, 'home')]
  const mount = () => shell('mount', ['-t', 'ext4', '-o', 'loop,rw,relatime', disk, path])
  const remove = async () => {
    await shell('umount', [path]).catch(() => {})
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await writeFile(disk, '')
    await truncate(disk, bytes)
    await shell('mke2fs', ['-q', '-t', 'ext4', '-E', 'lazy_itable_init=0,lazy_journal_init=0', disk])
    await mkdir(path)
    await mount()
    // As the image has it: whoever owns the project may be the user.
    await chmod(path, 0o1777)
  } catch (cause) {
    await remove()
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new DeviceFault(`A disk for the home cannot be made here, which takes root and a loop device: ${why}`, {
      cause,
    })
  }
  return {
    path,
    freeze: async () => {
      await shell('cp', ['--sparse=always', disk, kept])
    },
    putBack: async () => {
      await shell('umount', [path])
      await rename(kept, disk)
      await mount()
    },
    [Symbol.asyncDispose]: remove,
  }
}
