import type { Event } from '../harness/contract/history.ts'

/**
 * The same events, with what was done to the world before what came of it: a history notes that a call was killed, or a
 * prompt dismissed, as it happens, and the control once it is done.
 */
export function causeFirst(events: readonly Event[]): readonly Event[] {
  const ordered: Event[] = []
  for (const event of events) {
    let at = ordered.length
    if (event.type === 'control' && event.result === 'done') while (at > 0 && follows(ordered[at - 1], event)) at--
    ordered.splice(at, 0, event)
  }
  return ordered
}

function follows(event: Event | undefined, control: Event): boolean {
  if (event?.type === 'return') return event.outcome.is === 'info' && event.outcome.why === 'killed'
  return event?.type === 'prompt' && event.phase !== 'shown' && event.command === control.command
}
