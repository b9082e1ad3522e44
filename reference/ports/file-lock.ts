import { closeSync, constants, fstatSync, openSync, rmSync } from 'node:fs'
import { setTimeout as after } from 'node:timers/promises'
import extensions from 'fs-native-extensions'
import type { HeldLock } from '../../harness/contract/platforms/desktop.ts'

const { O_CREAT, O_RDWR } = constants
const noFollow = constants.O_NOFOLLOW ?? 0

/** Tries, and the longest wait between two of them in milliseconds: about ten seconds together. */
const tries = 400
const longestWait = 25

/**
 * Takes the system's own lock of a file: it goes with the process, whatever ends that, so that no record of an owner
 * has to be believed. It is bound to the opened file, so that two vaults of one process exclude each other too.
 * @returns null where others kept it all the time.
 */
export async function lockFile(path: string): Promise<HeldLock | null> {
  for (let tried = 0; tried < tries; tried++) {
    // Also keeps the process from ending while its write waits.
    if (tried > 0) await after(Math.min(tried, longestWait))
    const held = attempt(path)
    if (held !== null) return held
  }
  return null
}

/** At once and without waiting, so that it is over before whoever held it is answered. */
function attempt(path: string): HeldLock | null {
  const fd = openOrNull(path)
  if (fd === null) return null
  let mine = false
  try {
    // The holder removes the file before it lets go: who got the lock of a removed file has got nothing.
    mine = tryLock(fd) && fstatSync(fd).nlink > 0
  } finally {
    if (!mine) closeSync(fd)
  }
  if (!mine) return null
  return {
    async release() {
      try {
        rmSync(path, { force: true })
      } finally {
        closeSync(fd)
      }
    },
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)

/** Null where Windows is about to remove the file. */
function openOrNull(path: string): number | null {
  try {
    return openSync(path, O_CREAT | O_RDWR | noFollow, 0o600)
  } catch (error) {
    if (process.platform === 'win32' && ['EPERM', 'EBUSY', 'EACCES'].includes(String(codeOf(error)))) return null
    throw error
  }
}

function tryLock(fd: number): boolean {
  try {
    return extensions.tryLock(fd)
  } catch (error) {
    // What Windows says of a lock that another has.
    if (codeOf(error) === 'EBUSY') return false
    throw error
  }
}
