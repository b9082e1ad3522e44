import type { History } from '../contract/history.ts'
import type { Facts } from '../judging/call-fact.ts'
import type { Situation } from '../judging/situations.ts'

type Counts = Record<string, number>

/** What was generated, and what came of it. */
export interface Counted {
  /** Commands and controls by name: `call get`, `kill-app`. */
  readonly commands: Readonly<Counts>
  /** Those that did not apply, of all and by name. */
  readonly skipped: number
  readonly leftOut: Readonly<Counts>
  /** Phases of prompts: how often one was shown, and each way in which it went on. */
  readonly prompts: Readonly<Counts>
  /** How often each situation occurred; 0 for those that were wanted and did not. */
  readonly situations: Readonly<Counts>
}

export interface Counting {
  take(history: History, facts: Facts): void
  readonly counted: Counted
}

/** Counts the programs of one scenario. */
export function counting(wanted: Iterable<Situation>): Counting {
  const commands: Counts = {}
  const leftOut: Counts = {}
  const prompts: Counts = {}
  const situations: Counts = {}
  let skipped = 0
  for (const situation of wanted) situations[situation] = 0
  return {
    take({ program, events }, facts) {
      for (const command of program.commands) add(commands, nameOf(command))
      for (const event of events)
        if (event.type === 'skipped' || (event.type === 'control' && event.result === 'skipped')) {
          skipped++
          const command = program.commands[event.command]
          if (command !== undefined) add(leftOut, nameOf(command))
        } else if (event.type === 'prompt') add(prompts, event.phase)
      for (const [situation, occurrences] of facts.met) add(situations, situation, occurrences.length)
    },
    get counted() {
      return { commands, skipped, leftOut, prompts, situations }
    },
  }
}

function add(counts: Counts, name: string, times = 1): void {
  counts[name] = (counts[name] ?? 0) + times
}

/** Joined once: a text that is made anew is looked up by its letters every time. */
const names = { call: new Map<string, string>(), start: new Map<string, string>() }
function nameOf(command: History['program']['commands'][number]): string {
  if (command.do === 'control') return command.control.control
  const { op } = command.op
  const known = names[command.do].get(op)
  if (known !== undefined) return known
  const made = `${command.do} ${op}`
  names[command.do].set(op, made)
  return made
}
