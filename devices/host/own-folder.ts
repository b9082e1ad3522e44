import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const prefix = 'holdfast-host-'

/** A new temporary folder of this process. Removes those of processes that ended without doing so. */
export async function ownFolder(parent: string = tmpdir()): Promise<string> {
  for (const name of await readdir(parent)) {
    const pid = /^holdfast-host-(\d+)-/.exec(name)?.[1]
    // One that belongs to another user stays: it is not ours to remove.
    if (pid !== undefined && hasEnded(Number(pid)))
      await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined)
  }
  return mkdtemp(join(parent, `${prefix}${process.pid}-`))
}

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
