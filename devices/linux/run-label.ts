import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { z } from 'zod'

/** Which run a container belongs to: a process of a machine. `since` tells a reused process id from the first one. */
export interface RunLabel {
  readonly host: string
  readonly pid: number
  readonly since: string
}

const labelSchema = z.strictObject({ host: z.string(), pid: z.coerce.number().int().positive(), since: z.string() })

/** The labels that every container of ours carries. */
export const runLabels = (run: RunLabel): Record<string, string> => ({
  'holdfast.run': `${run.pid}/${run.since}`,
  'holdfast.host': run.host,
})

/** Reads them back; null where they are not ours. */
export const readRunLabels = (labels: Readonly<Record<string, string>>): RunLabel | null => {
  const [pid, since] = (labels['holdfast.run'] ?? '').split('/')
  const parsed = labelSchema.safeParse({ host: labels['holdfast.host'], pid, since })
  return parsed.success ? parsed.data : null
}

/** When a process began: kernel start and clock ticks on Linux, '' where that cannot be read, null when there is none. */
const startOf = (pid: number): string | null => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return null
  }
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)
    const ticks = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ')[19]
    return `${boot}-${ticks}`
  } catch {
    return ''
  }
}

/** This process. */
export const thisRun = (): RunLabel => ({ host: hostname(), pid: process.pid, since: startOf(process.pid) ?? '' })

/** Whether that run is still going on. A run of another machine is taken to be. */
export const isAlive = (run: RunLabel, host = hostname(), started: (pid: number) => string | null = startOf): boolean =>
  run.host !== host || started(run.pid) === run.since
