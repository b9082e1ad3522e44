import { controls } from '../harness/contract/controls.ts'
import type { Event, Observation } from '../harness/contract/history.ts'
import { operations } from '../harness/contract/operations.ts'
import type { Program } from '../harness/contract/program.ts'
import { causeFirst } from './cause-first.ts'
import { observed } from './observation-words.ts'
import { promptWords } from './phone-words.ts'
import { pins } from './pins.ts'
import { oneLine } from './printable.ts'
import { answered, armedWords, asked, controlWords, secretNames } from './story-words.ts'

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
  const pin = pins()
  const steps: Step[] = []
  /** The step in which a call was made, by call; in which a control was arranged, by command. */
  const madeIn = new Map<number, number>()
  const arrangedIn = new Map<number, number>()
  const told = causeFirst(events.filter((event) => event.seq === at || !isQuiet(event)))
  const say = (sentence: string, of: readonly Event[]): void => {
    steps.push({
      sentence: `${sentence}.`,
      parts: of.some((event) => event.seq === at),
      command: of[0]?.command ?? program.commands.length,
    })
  }
  const arranged = (event: Event): string => {
    const step = arrangedIn.get(event.command)
    return step === undefined ? '' : `, as arranged in step ${step}`
  }

  for (let index = 0; index < told.length; ) {
    const event = told[index]
    if (event === undefined) break
    const next = told.slice(index + 1)
    let taken: readonly Event[] = [event]
    switch (event.type) {
      case 'invoke': {
        const question = questionOf(event, program, asked(event.op, secret, pin.given(event.op)))
        madeIn.set(event.call, steps.length + 1)
        const { between, end } = endOf(event, next)
        if (end === null) {
          say(waits(event, program) ? `${question}, and did not wait for the answer` : question, taken)
          break
        }
        taken = [event, ...between, end]
        const [cut] = between
        if (cut?.type === 'control')
          say(
            `${question}; before it answered, ${controlWords(cut.control).passive}${arranged(cut)}; it may have taken ` +
              'effect or not',
            taken,
          )
        else {
          const asked = between.length === 0 ? '' : '; a prompt asked the person, who was recognised'
          say(`${question}${asked}; ${answered(end.outcome, secret)}`, taken)
        }
        break
      }
      case 'return': {
        const step = madeIn.get(event.call)
        const call = step === undefined ? 'An earlier call' : `The call of step ${step}`
        const words = answered(event.outcome, secret)
        const how = words.startsWith('it ') ? words.slice(2) : `: ${words}`
        say(`${call}${how}${event.again ? ', though it had answered before' : ''}`, taken)
        break
      }
      case 'control': {
        if (event.result === 'armed') {
          arrangedIn.set(event.command, steps.length + 1)
          say(`Arranged that ${armedWords(event.control)}`, taken)
        } else if (event.result === 'skipped')
          say(`Left out, as it has no meaning here: ${meaning(event, program)}`, taken)
        else {
          const phases = next.slice(
            0,
            lengthOf(next, (one) => cameOf(one, event)),
          )
          taken = [event, ...phases]
          const came = phases.flatMap((one) => (one.type === 'prompt' ? [lowered(promptWords[one.phase])] : []))
          const after = came.length === 0 ? '' : `: ${came.join('; ')}`
          const words = controlWords(event.control)
          const done = arranged(event)
          say(done === '' ? `${words.active}${after}` : `${raised(words.passive)}${done}${after}`, taken)
        }
        break
      }
      case 'skipped':
        say(`Left out: ${meaning(event, program)}, because ${oneLine(event.why)}`, taken)
        break
      case 'prompt':
        say(promptWords[event.phase], taken)
        break
      case 'observation': {
        const words = observed(event.observation)
        say(event.command < 0 && setUp(event) ? `While the vault was set up: ${lowered(words)}` : words, taken)
      }
    }
    for (const each of taken) pin.take(each)
    index += taken.length
  }
  for (const [call, step] of madeIn) {
    if (!events.some((event) => event.type === 'return' && event.call === call))
      say(`The call of step ${step} never answered`, [])
  }
  return { steps, note: scheduleNote(program) }
}

type Of<T extends Event['type']> = Extract<Event, { readonly type: T }>

function questionOf(event: Of<'invoke'>, program: Program, words: string): string {
  const made = program.commands[event.command]
  const other = made !== undefined && made.do !== 'control' && made.by === 'other'
  return other ? `In another process of the app, ${lowered(words)}` : words
}
const waits = (event: Event, program: Program): boolean => program.commands[event.command]?.do === 'start'

/** The answer to a call, where it is told in one breath: at once, after a prompt that went well, or killed as arranged. */
function endOf(
  call: Of<'invoke'>,
  next: readonly Event[],
): { readonly between: readonly Event[]; readonly end: Of<'return'> | null } {
  const [first, second, third] = next
  const ends = (event: Event | undefined): event is Of<'return'> => event?.type === 'return' && event.call === call.call
  if (ends(first)) return { between: [], end: first }
  if (first === undefined || second === undefined) return { between: [], end: null }
  if (first.type === 'control' && ends(second) && second.outcome.is === 'info' && second.outcome.why === 'killed')
    return { between: [first], end: second }
  const went =
    first.type === 'prompt' && first.phase === 'shown' && second.type === 'prompt' && second.phase === 'matched'
  // Where a control played the person, it is told as what it is.
  const byItself = first.command === call.command && second.command === call.command
  return went && byItself && ends(third) ? { between: [first, second], end: third } : { between: [], end: null }
}

const cameOf = (event: Event, control: Event): boolean =>
  event.type === 'prompt' && event.phase !== 'shown' && event.command === control.command

const lengthOf = (events: readonly Event[], holds: (event: Event) => boolean): number => {
  const end = events.findIndex((event) => !holds(event))
  return end === -1 ? events.length : end
}
const lowered = (words: string): string => `${words.charAt(0).toLowerCase()}${words.slice(1)}`
const raised = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`
/** What is seen before the first command belongs to the set-up; a sweep belongs to nothing. */
const setUp = (event: Event): boolean => event.type === 'observation' && event.observation.probe === 'kdf'

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
    'Timing matters here: which pending work completed first, and how much of it before a step, follows the ' +
    `program's schedule (${program.schedule.join(' ')}); a replay keeps to it.`
  )
}
