import type { Device } from '../contract/device.ts'
import type { StreamRecord } from '../contract/stream.ts'
import type { SharedTarget } from './share-target.ts'
import { medianOf } from './timed-session.ts'

/** What the programs of a phone took in the end, and what each of several phones had of them. */
export function* spentOn(
  target: string,
  { restoring }: Pick<Device, 'restoring'>,
  { took, shares }: Pick<SharedTarget, 'took' | 'shares'>,
): Generator<StreamRecord> {
  for (const share of shares()) yield { type: 'phone', target, ...share }
  if (restoring === undefined || took.length === 0) return
  yield {
    type: 'spent',
    target,
    way: restoring.way(),
    programs: took.length,
    restoreMs: medianOf(took.map(({ restoreMs }) => restoreMs)),
    programMs: medianOf(took.map(({ programMs }) => programMs)),
    totalMs: took.reduce((sum, { restoreMs, programMs }) => sum + restoreMs + programMs, 0),
  }
}
