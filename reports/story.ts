import { controls } from '../harness/contract/controls.ts'
import type { Event, Observation } from '../harness/contract/history.ts'
import { operations } from '../harness/contract/operations.ts'
import type { Program } from '../harness/contract/program.ts'
import { ordinal } from './count.ts'
import { promptWords } from './phone-words.ts'
import { oneLine } from './printable.ts'
import { answered, asked, controlWords, observed, secretNames } from './story-words.ts'

/** One sentence. `parts`: here it parted from what is allowed. `command`: what it tells of, counted from 0. */
export interface Step {
  readonly sentence: string
  readonly parts: boolean
  readonly command: number
}

export interface Story {
  readonly steps: readonly Step[]
  /** What else a reader must know, where there is something. */
  readonly note: string | null
}

/**
 * Tells a program and what came of it in plain words.
 * @param at the event at which it parted from what is allowed; -1 where there is none
 */
export function story(program: Program, events: readonly Event[], at = -1): Story {
  const secret = secretNames(program)
  const steps: Step[] = []
  /** The step in which a call was made, by call; in which a control was arranged, by command. */
  const madeIn = new Map<number, number>()
  const arrangedIn = new Map<number, number>()
  const told = events.filter((event) => event.seq === at || !isQuiet(event))
  const say = (sentence: string, ...of: readonly Event[]): void => {
    steps.push({
      sentence: `${sentence}.`,
      parts: of.some((event) => event.seq === at),
      command: of[0]?.command ?? program.commands.length,
    })
  }

  for (let index = 0; index < told.length; index += 1) {
    const event = told[index]
    if (event === undefined) continue
    switch (event.type) {
      case 'invoke': {
        const next = told[index + 1]
        const made = program.commands[event.command]
        const begun = made?.do === 'start'
        const words = asked(event.op, secret)
        const other = made !== undefined && made.do !== 'control' && made.by === 'other'
        const question = other ? `In another process of the app, ${words[0]?.toLowerCase()}${words.slice(1)}` : words
        madeIn.set(event.call, steps.length + 1)
        if (next?.type === 'return' && next.call === event.call) {
          say(`${question}; ${answered(next.outcome, secret)}`, event, next)
          index += 1
        } else say(begun ? `${question}, and did not wait for the answer` : question, event)
        break
      }
      case 'return': {
        const step = madeIn.get(event.call)
        const call = step === undefined ? 'An earlier call' : `The call of step ${step}`
        say(`${call}: ${answered(event.outcome, secret)}${event.again ? ', though it had answered before' : ''}`, event)
        break
      }
      case 'control': {
        const words = controlWords(event.control)
        const arranged = arrangedIn.get(event.command)
        if (event.result === 'armed') {
          arrangedIn.set(event.command, steps.length + 1)
          const effect = 'atEffect' in event.control ? (event.control.atEffect ?? 0) : 0
          say(`Arranged that just before the ${ordinal(effect + 1)} effect from here ${words.passive}`, event)
        } else if (event.result === 'skipped')
          say(`Left out, as it has no meaning here: ${meaning(event, program)}`, event)
        else if (arranged === undefined) say(words.active, event)
        else say(`As arranged in step ${arranged}, ${words.passive}`, event)
        break
      }
      case 'skipped':
        say(`Left out: ${meaning(event, program)}, because ${oneLine(event.why)}`, event)
        break
      case 'prompt':
        say(promptWords[event.phase], event)
        break
      case 'observation':
        say(observed(event.observation), event)
    }
  }
  for (const [call, step] of madeIn) {
    if (!events.some((event) => event.type === 'return' && event.call === call))
      say(`The call of step ${step} never answered`)
  }
  return { steps, note: scheduleNote(program) }
}

/** What is always told. */
const told: ReadonlySet<Observation['probe']> = new Set(['leak', 'misuse', 'ended', 'main-thread-held', 'asked-again'])

/** What a reader need not hear unless it is where things went wrong. */
function isQuiet(event: Event): boolean {
  if (event.type !== 'observation') return false
  const { observation } = event
  if (told.has(observation.probe)) return false
  if (observation.probe === 'ciphertexts') return observation.sharing + observation.repeated === 0
  if (observation.probe === 'files') return observation.open.length === 0
  if (observation.probe === 'memory') return observation.after === 'hold' || observation.found.length === 0
  if (observation.probe === 'kept-items') return observation.before === observation.after
  return (
    observation.probe !== 'availability-footprint' ||
    (observation.before === observation.after && observation.secretReads === 0)
  )
}

function meaning(event: Event, program: Program): string {
  const command = program.commands[event.command]
  if (command === undefined) return 'a step'
  return command.do === 'control' ? controls[command.control.control].meaning : operations[command.op.op].meaning
}

function scheduleNote(program: Program): string | null {
  if (!program.schedule.some((choice) => choice > 0)) return null
  return (
    'The order in which pending work completed matters here: whenever several things were pending, the ones that ' +
    `completed were chosen by the schedule ${program.schedule.join(' ')}.`
  )
}
