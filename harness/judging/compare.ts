import type { Comparison, Difference, Fate } from '../contract/difference.ts'
import type { Event, History, Outcome } from '../contract/history.ts'
import type { SeenReturn } from '../contract/operations.ts'

/**
 * Compares two histories of the same program by what was done and what was answered. What differs by design is no
 * difference: times, native errors, texts, how long to wait, whether a hang is known at once or by a deadline.
 * @param here the names of the targets, as the comparison is told
 */
export function compare(
  [here, first]: readonly [string, History],
  [there, second]: readonly [string, History],
): Comparison {
  const seen = [first, second].map(seenIn)
  let difference: Difference | null = null
  let prompts: Comparison['prompts'] = null
  for (let command = 0; command < first.program.commands.length; command++) {
    const [a, b] = seen.map((one) => one(command))
    if (a === undefined || b === undefined) break
    if (prompts === null && a.prompts !== b.prompts) prompts = { command, here: a.prompts, there: b.prompts }
    difference ??= apart(command, a, b)
  }
  const [leaks, leaksThere] = [leaksIn(first), leaksIn(second)]
  if (leaks > 0 !== leaksThere > 0)
    difference ??= { command: first.program.commands.length, in: 'leaks', here: leaks, there: leaksThere }
  return { here, there, difference, prompts }
}

const leaksIn = ({ events }: History): number =>
  new Set(
    events.flatMap((event) =>
      event.type === 'observation' && event.observation.probe === 'leak' ? [event.observation.canary] : [],
    ),
  ).size

/** What one history says of a command. */
interface Seen {
  readonly fate: Fate | null
  readonly struck: boolean
  readonly answer: Outcome | null
  readonly repeats: number
  readonly prompts: number
}

function apart(command: number, a: Seen, b: Seen): Difference | null {
  if (a.fate !== b.fate) return { command, in: 'fate', here: a.fate, there: b.fate }
  if (a.struck !== b.struck) return { command, in: 'strike', here: a.struck, there: b.struck }
  if (formOf(a.answer) !== formOf(b.answer)) return { command, in: 'answer', here: a.answer, there: b.answer }
  if (a.repeats !== b.repeats) return { command, in: 'repeats', here: a.repeats, there: b.repeats }
  return null
}

function seenIn({ events }: History): (command: number) => Seen {
  const calls = new Map(events.flatMap((event) => (event.type === 'invoke' ? [[event.call, event.command]] : [])))
  const of = (event: Event): number => (event.type === 'return' ? (calls.get(event.call) ?? -1) : event.command)
  const byCommand = Map.groupBy(events, of)
  return (command) => {
    const own = byCommand.get(command) ?? []
    const controls = own.flatMap((event) => (event.type === 'control' ? [event.result] : []))
    const [result] = controls
    const returns = own.filter((event) => event.type === 'return')
    const reached = result !== undefined || own.some(({ type }) => type === 'invoke')
    const skipped = own.some(({ type }) => type === 'skipped') || result === 'skipped'
    return {
      fate: skipped ? 'left-out' : result === 'armed' ? 'armed' : reached ? 'done' : null,
      struck: result === 'armed' && controls.includes('done'),
      answer: returns.find(({ again }) => !again)?.outcome ?? null,
      repeats: returns.filter(({ again }) => again).length,
      prompts: own.filter((event) => event.type === 'prompt' && event.phase === 'shown').length,
    }
  }
}

/** Outcomes of one form are the same answer. */
function formOf(outcome: Outcome | null): string {
  if (outcome === null) return ''
  switch (outcome.is) {
    case 'ok':
      return JSON.stringify(['ok', partsOfValue(outcome.value)])
    case 'fail':
      return JSON.stringify(['fail', outcome.failure.code, outcome.failure.remaining ?? null])
    case 'info':
      // Both mean that it hangs: one device knows it, the other waited.
      return JSON.stringify(['info', outcome.why === 'deadline' ? 'stuck' : outcome.why])
  }
}

function partsOfValue(value: SeenReturn): unknown {
  if (value === null || typeof value !== 'object') return value
  if (!('is' in value)) return [...value].sort()
  if (value.is === 'canary') return [value.canary.canary, value.canary.size, value.canary.kind]
  return [value.how, value.of?.canary ?? null]
}
