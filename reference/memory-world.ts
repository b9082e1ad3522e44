import { createHmac } from 'node:crypto'
import {
  type DesktopPorts,
  FilesError,
  KeyringError,
  type KeyringItem,
  type KeyringState,
} from '../harness/contract/platforms/desktop.ts'
import type { PinCost } from './pin/kdf.ts'

interface Inode {
  bytes: Uint8Array
  synced: Uint8Array
}

/** Tries of a lock that another process holds before it is told so. */
const lockTries = 100

/** One process of the app. */
export interface MemoryProcess {
  readonly ports: DesktopPorts
  /** It ends: what it waited for never happens, and it holds no lock. */
  die(): void
}

/** A desktop in memory, for the reference's own tests: every effect waits until the test lets it through. */
export interface MemoryWorld {
  /** Of the first process. */
  readonly ports: DesktopPorts
  /** One more process on the same disk and keyring. */
  process(): MemoryProcess
  /** Names and contents as a reader sees them. */
  readonly files: Map<string, Inode>
  readonly secrets: Map<string, Uint8Array>
  readonly log: string[]
  /** The cost of each key derivation; none is spent. */
  readonly derivations: readonly PinCost[]
  /** What the wall clock shows, in milliseconds. */
  wall: number
  /** Lets time pass, by every clock. */
  pass(ms: number): void
  keyring: KeyringState
  /** Bytes that the disk takes before it is full. */
  room: number
  /** Effects let through so far. */
  count(): number
  /** Lets everybody get as far as the next effect, and completes the one that `choose` says. False where none waits. */
  step(choose: (pending: number) => number): Promise<boolean>
  /** Completes effects in the order that `choose` says until all calls are settled; null where it crashed before. */
  run<T>(calls: readonly Promise<T>[], choose?: (pending: number) => number): Promise<T[] | null>
  /** From the n-th effect from now on nothing happens any more, until `restart`. */
  crashAt(effect: number): void
  /** All processes have ended; a new one begins on the same disk and keyring. */
  restart(): void
  /** Unsynced work is lost: all of it, or contents alone. */
  cutPower(loses: 'all' | 'contents'): void
}

const key = ({ service, account }: KeyringItem) => `${service}\0${account}`
const settle = () => new Promise<void>((resume) => setImmediate(resume))

export function memoryWorld(): MemoryWorld {
  const files = new Map<string, Inode>()
  const secrets = new Map<string, Uint8Array>()
  const log: string[] = []
  let durable = new Map<string, Inode>()
  let pending: { readonly process: number; readonly happens: () => void }[] = []
  /** Which process holds which lock. */
  const locks = new Map<string, number>()
  let processes = 0
  const dead = new Set<number>()
  const wait = (process: number, happens: () => void) => {
    if (!dead.has(process)) pending.push({ process, happens })
  }
  let effects = 0
  let crash = Number.POSITIVE_INFINITY
  let drawn = 0
  let passed = 0
  const timers = new Set<{ readonly due: number; readonly resolve: () => void }>()
  const derivations: PinCost[] = []

  const inode = (path: string): Inode => {
    const found = files.get(path)
    if (found === undefined) throw new FilesError('failed', `no file '${path}'`)
    return found
  }

  const portsOf = (process: number): DesktopPorts => {
    const effect = <T>(does: () => T): Promise<T> =>
      new Promise((resolve, reject) => {
        const happens = () => {
          try {
            resolve(does())
          } catch (error) {
            reject(error)
          }
        }
        wait(process, happens)
      })
    const locked = <T>(does: () => T) =>
      effect(() => {
        if (world.keyring !== 'unlocked') throw new KeyringError(world.keyring, `the keyring is ${world.keyring}`)
        return does()
      })
    const release = (path: string) =>
      effect(() => {
        files.delete(path)
        locks.delete(path)
      })
    return {
      keyring: {
        set: (item, secret) => locked(() => void secrets.set(key(item), Uint8Array.from(secret))),
        get: (item) =>
          locked(() => {
            const secret = secrets.get(key(item))
            return secret === undefined ? null : Uint8Array.from(secret)
          }),
        delete: (item) => locked(() => secrets.delete(key(item))),
        find: (service) => locked(() => [...secrets.keys()].filter((at) => at.startsWith(`${service}\0`))),
        state: () => effect(() => world.keyring),
      },
      files: {
        read: (path) => effect(() => (files.has(path) ? Uint8Array.from(inode(path).bytes) : null)),
        write: (path, bytes) =>
          effect(() => {
            if (bytes.length > world.room) throw new FilesError('no-space', 'the disk is full')
            files.set(path, { bytes: Uint8Array.from(bytes), synced: new Uint8Array() })
          }),
        sync: (path) =>
          effect(() => {
            inode(path).synced = inode(path).bytes
          }),
        rename: (from, to) =>
          effect(() => {
            files.set(to, inode(from))
            files.delete(from)
          }),
        remove: (path) => effect(() => void files.delete(path)),
        list: () => effect(() => [...files.keys()]),
        syncDirectory: () =>
          effect(() => {
            durable = new Map(files)
          }),
        lock: (path) =>
          new Promise((resolve) => {
            let tries = 0
            const happens = () => {
              if (locks.has(path)) {
                if (++tries === lockTries) resolve(null)
                else wait(process, happens)
                return
              }
              locks.set(path, process)
              if (!files.has(path)) files.set(path, { bytes: new Uint8Array(), synced: new Uint8Array() })
              resolve({ release: () => release(path) })
            }
            wait(process, happens)
          }),
      },
      random: {
        bytes: (size) => Uint8Array.from({ length: size }, () => (++drawn * 2654435761) >>> 24),
      },
      clock: {
        now: () => world.wall,
        after: (ms) => new Promise((resolve) => timers.add({ due: passed + ms, resolve })),
      },
      kdf: {
        argon2id: (input) =>
          effect(() => {
            const { password, salt, memoryKiB, iterations, parallelism } = input
            derivations.push({ memoryKiB, iterations, parallelism })
            const cost = `/${memoryKiB}/${iterations}/${parallelism}`
            return new Uint8Array(createHmac('sha256', salt).update(password).update(cost).digest())
          }),
        pbkdf2: ({ password, salt, digest, iterations }) =>
          effect(() => {
            derivations.push({ id: `pbkdf2-hmac-${digest}`, iterations })
            return new Uint8Array(createHmac('sha256', salt).update(password).update(`/${iterations}`).digest())
          }),
      },
      log: { write: (line) => void log.push(line) },
    }
  }
  const world: MemoryWorld = {
    ports: portsOf(processes),
    process() {
      const mine = ++processes
      return {
        ports: portsOf(mine),
        die() {
          dead.add(mine)
          pending = pending.filter(({ process }) => process !== mine)
          for (const [path, holder] of locks) if (holder === mine) locks.delete(path)
        },
      }
    },
    files,
    secrets,
    log,
    derivations,
    wall: 0,
    pass(ms) {
      passed += ms
      world.wall += ms
      for (const timer of timers)
        if (timer.due <= passed) {
          timers.delete(timer)
          timer.resolve()
        }
    },
    keyring: 'unlocked',
    room: Number.POSITIVE_INFINITY,
    count: () => effects,
    async step(choose) {
      await settle()
      const [next] = pending.splice(choose(pending.length), 1)
      if (next === undefined) return false
      crash--
      effects++
      next.happens()
      return true
    },
    async run(calls, choose = () => 0) {
      let done = false
      const all = Promise.all(calls).finally(() => {
        done = true
      })
      all.catch(() => undefined)
      for (;;) {
        await settle()
        if (done) return all
        if (crash <= 0) return null
        if (!(await world.step(choose))) throw new Error('the vault waits for nothing')
      }
    },
    crashAt(effect) {
      crash = effect
    },
    restart() {
      pending = []
      locks.clear()
      timers.clear()
      crash = Number.POSITIVE_INFINITY
    },
    cutPower(loses) {
      if (loses === 'all') {
        files.clear()
        for (const [path, kept] of durable) files.set(path, kept)
      }
      for (const kept of files.values()) kept.bytes = kept.synced
      world.restart()
    },
  }
  return world
}
