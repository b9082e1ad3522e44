import { createHmac } from 'node:crypto'
import {
  type DesktopPorts,
  FilesError,
  KeyringError,
  type KeyringItem,
  type KeyringState,
} from '../harness/contract/platforms/desktop.ts'
import type { KdfCost } from './pin/kdf.ts'

interface Inode {
  bytes: Uint8Array
  synced: Uint8Array
}

/** A desktop in memory, for the reference's own tests: every effect waits until the test lets it through. */
export interface MemoryWorld {
  readonly ports: DesktopPorts
  /** Names and contents as a reader sees them. */
  readonly files: Map<string, Inode>
  readonly secrets: Map<string, Uint8Array>
  readonly log: string[]
  /** The cost of each key derivation; none is spent. */
  readonly derivations: readonly KdfCost[]
  /** What the wall clock shows, in milliseconds. */
  wall: number
  /** Lets time pass, by every clock. */
  pass(ms: number): void
  keyring: KeyringState
  /** Bytes that the disk takes before it is full. */
  room: number
  /** Effects let through so far. */
  count(): number
  /** Completes effects in the order that `choose` says until all calls are settled; null where it crashed before. */
  run<T>(calls: readonly Promise<T>[], choose?: (pending: number) => number): Promise<T[] | null>
  /** From the n-th effect from now on nothing happens any more, until `restart`. */
  crashAt(effect: number): void
  /** A new process on the same disk and keyring. */
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
  let pending: (() => void)[] = []
  let effects = 0
  let crash = Number.POSITIVE_INFINITY
  let drawn = 0
  let passed = 0
  const timers = new Set<{ readonly due: number; readonly resolve: () => void }>()
  const derivations: KdfCost[] = []

  const effect = <T>(does: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      pending.push(() => {
        try {
          resolve(does())
        } catch (error) {
          reject(error)
        }
      })
    })
  const locked = <T>(does: () => T) =>
    effect(() => {
      if (world.keyring !== 'unlocked') throw new KeyringError(world.keyring, `the keyring is ${world.keyring}`)
      return does()
    })
  const inode = (path: string): Inode => {
    const found = files.get(path)
    if (found === undefined) throw new FilesError('failed', `no file '${path}'`)
    return found
  }

  const ports: DesktopPorts = {
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
    },
    log: { write: (line) => void log.push(line) },
  }
  const world: MemoryWorld = {
    ports,
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
        const [next] = pending.splice(choose(pending.length), 1)
        if (next === undefined) throw new Error('the vault waits for nothing')
        crash--
        effects++
        next()
      }
    },
    crashAt(effect) {
      crash = effect
    },
    restart() {
      pending = []
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
