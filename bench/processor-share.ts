import { readdirSync, readFileSync } from 'node:fs'

/** Processor time of programs that this process started, by name. Milliseconds since each began. */
export type ProcessorTimes = ReadonlyMap<string, number>

interface Seen {
  readonly pid: number
  readonly parent: number
  readonly name: string
  readonly ms: number
  /** Of its children that ended. */
  readonly endedMs: number
}

/** Linux counts in hundredths of a second. Of what we start Appium alone is a Node, which calls its main thread so. */
const tickMs = 10

const seen = (pid: number): Seen | null => {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const told = line.slice(line.indexOf('(') + 1, line.lastIndexOf(')'))
    const name = told === 'MainThread' || told === 'node' ? 'Appium' : told
    const rest = line.slice(line.lastIndexOf(')') + 2).split(' ')
    const at = (index: number) => Number(rest[index])
    return { pid, parent: at(1), name, ms: (at(11) + at(12)) * tickMs, endedMs: (at(13) + at(14)) * tickMs }
  } catch {
    return null
  }
}

/** Reads what all descendants of a process spent. What a program's ended children spent is told beside it. */
export const processorTimes = (of: number): ProcessorTimes => {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (seen(Number(name)) ?? []) : []))
  const times = new Map<string, number>()
  const add = (name: string, ms: number) => times.set(name, (times.get(name) ?? 0) + ms)
  const down = (pid: number) => {
    for (const one of all.filter(({ parent }) => parent === pid)) {
      add(one.name, one.ms)
      if (one.endedMs > 0) add(`programs that ${one.name} started`, one.endedMs)
      down(one.pid)
    }
  }
  down(of)
  return times
}

/** What each spent between two readings. */
export const spentBetween = (before: ProcessorTimes, after: ProcessorTimes): ProcessorTimes =>
  new Map([...after].map(([name, ms]) => [name, Math.max(0, ms - (before.get(name) ?? 0))]))
