import { readdirSync, readFileSync } from 'node:fs'
import type { Trace } from '../../harness/contract/device.ts'

/** Milliseconds between two looks: a process that lives for less may come and go unseen. */
const everyMs = 4

/** Watches processes and what they start. Linux only: elsewhere nothing is seen. */
export interface ProcessWatch extends Disposable {
  add(pid: number): void
  remove(pid: number): void
  /** The processes that were added and all below them, as they are now. */
  living(): readonly number[]
  /** Arguments and environments that were seen since the last call. */
  take(): readonly Trace[]
}

export function watchProcesses(): ProcessWatch {
  const roots = new Set<number>()
  /** By their bytes: most looks see what the look before saw. */
  const seen = new Map<string, Trace>()
  const living = () => [...roots].flatMap((root) => [root, ...below(root)])
  const look = (pid: number) => {
    for (const [file, where] of places) {
      const bytes = read(`/proc/${pid}/${file}`)
      const key = `${where} ${bytes.toString('latin1')}`
      if (bytes.length > 0 && !seen.has(key)) seen.set(key, { in: 'process', where, bytes })
    }
  }
  const timer = setInterval(() => {
    for (const root of roots) for (const pid of below(root)) look(pid)
  }, everyMs)
  timer.unref()
  return {
    add: (pid) => void roots.add(pid),
    remove: (pid) => void roots.delete(pid),
    living,
    take() {
      for (const pid of living()) look(pid)
      const taken = [...seen.values()]
      seen.clear()
      return taken
    },
    [Symbol.dispose]: () => clearInterval(timer),
  }
}

const places = [
  ['cmdline', 'arguments'],
  ['environ', 'environment'],
] as const

/** Everything that a process started and that still is there; any of its threads may have. */
function below(pid: number): readonly number[] {
  const children = threadsOf(pid).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`)
      .toString()
      .split(' ')
      .filter((child) => child !== '')
      .map(Number),
  )
  return children.flatMap((child) => [child, ...below(child)])
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

/** Nothing where the process is gone, or not ours to look at. */
function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}
