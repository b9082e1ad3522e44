import { protocolTarget } from '../../harness/adapters/protocol-target.ts'
import type { Device } from '../../harness/contract/device.ts'
import type { PersistenceEvent } from './events.ts'
import { type Cell, cellOf, type Seen } from './fates.ts'
import { type TrialEdge, trial } from './trial.ts'

/** What a row of the table is measured with. */
export interface Row {
  readonly id: string
  readonly command: readonly string[]
}

/** A busy machine takes its time to start a process in a container. */
const beginMs = 60_000

/** A device lacks a control that an event needs. */
const lackOf = (device: Device, event: PersistenceEvent): string | null => {
  for (const step of [...(event.before ?? []), ...event.steps])
    if (!('wait' in step) && !device.controls.has(step.control)) return `${device.name} has no '${step.control}'`
  return null
}

/**
 * Measures one subject on one device, which it disposes of: each event so often, each time in a fresh namespace.
 * @param onCell told of each cell when it is full
 */
export async function measureRow(
  device: Device,
  row: Row,
  events: readonly PersistenceEvent[],
  { trials, edge, onCell }: TrialPlan,
): Promise<void> {
  await using target = await protocolTarget({ device, command: row.command, deadlineMs: beginMs })
  for (const event of events) {
    const lack = lackOf(device, event)
    const seen: Seen[] = []
    for (let n = 0; n < trials && lack === null; n++)
      seen.push(await trial(target, event, { ...edge, namespace: `${edge.namespace}-${event.id}-${n}` }))
    const cell: Cell = lack === null ? cellOf(seen) : { is: 'not-run', why: lack }
    onCell(row.id, event.id, cell)
  }
}

export interface TrialPlan {
  readonly trials: number
  readonly edge: TrialEdge
  readonly onCell: (subject: string, event: string, cell: Cell) => void
}
