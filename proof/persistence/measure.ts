import { protocolTarget } from '../../harness/adapters/protocol-target.ts'
import type { Device } from '../../harness/contract/device.ts'
import type { Target } from '../../harness/engine/target.ts'
import type { PersistenceEvent } from './events.ts'
import { type Cell, cellOf, type Seen } from './fates.ts'
import { type TrialEdge, trial } from './trial.ts'

/** What a row of the table is measured with. */
export interface Row {
  readonly id: string
  readonly command: readonly string[]
}

/** Milliseconds to start a process: in a container on a busy machine, or in an emulated one. */
const beginMs = 600_000

/** A device lacks a control that an event needs. */
const lackOf = (device: Device, event: PersistenceEvent): string | null => {
  for (const step of [...(event.before ?? []), ...(event.meanwhile ?? []), ...event.steps])
    if (!('wait' in step) && !device.controls.has(step.control)) return `${device.name} has no '${step.control}'`
  return null
}

/**
 * Measures rows on one device: each event so often, each time in a fresh namespace. Rows share an event where it says so.
 */
export async function measureRows(
  device: Device,
  rows: readonly Row[],
  events: readonly PersistenceEvent[],
  plan: TrialPlan,
): Promise<void> {
  // Several vaults share it: no one's end is its end.
  const shared: Device = { ...device, [Symbol.asyncDispose]: async () => {} }
  for (const event of events) {
    const lack = lackOf(device, event)
    for (const group of event.shared === true ? [rows] : rows.map((row) => [row])) {
      const tell = (cells: readonly Cell[]) => {
        for (const [n, cell] of cells.entries()) plan.onCell(group[n]?.id ?? '', event.id, cell)
      }
      if (lack === null) await measured(shared, group, event, plan, tell)
      else tell(group.map(() => notRun(lack)))
    }
  }
}

const notRun = (why: string): Cell => ({ is: 'not-run', why })
const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error))

async function measured(
  device: Device,
  rows: readonly Row[],
  event: PersistenceEvent,
  { trials, edge, onTrouble }: TrialPlan,
  tell: (cells: readonly Cell[]) => void,
): Promise<void> {
  await using targets = new AsyncDisposableStack()
  const opened: (Target | Cell)[] = []
  for (const { command } of rows)
    try {
      opened.push(targets.use(await protocolTarget({ device, command, deadlineMs: beginMs })))
    } catch (error) {
      opened.push(notRun(sentence(error)))
    }
  const here = opened.filter((one): one is Target => 'invoke' in one)
  const seen: (readonly Seen[])[] = []
  for (let n = 0; n < trials; n++)
    try {
      seen.push(await trial(here, event, { ...edge, namespace: `${edge.namespace}-${event.id}-${n}` }))
      tell(opened.map((one) => ('is' in one ? one : cellOf(seen.flatMap((row) => row[here.indexOf(one)] ?? [])))))
    } catch (error) {
      // It counts as no trial. What was seen before it stays, and the next one begins anew.
      onTrouble(`${event.id}: trial ${n + 1} could not be carried out: ${sentence(error)}`)
      if (seen.length === 0) tell(opened.map((one) => ('is' in one ? one : notRun(sentence(error)))))
    }
}

export interface TrialPlan {
  readonly trials: number
  readonly edge: TrialEdge
  /** Told of a trial that could not be carried out. */
  readonly onTrouble: (what: string) => void
  /** Told of each cell after each trial. */
  readonly onCell: (subject: string, event: string, cell: Cell) => void
}
