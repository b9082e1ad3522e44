import fc from 'fast-check'
import {
  type Farewell,
  fakeClock,
  fakePlatform,
  farewellMs,
  farewells,
  type Manner,
  manners,
  matched,
  type Released,
  refused,
  type ShownPrompt,
} from './fake-platform.ts'
import type { PromptPorts, PromptQueue } from './prompt-queue.ts'
import { dismissGraceMs } from './prompt-state.ts'
import type { PromptId, PromptVerdict } from './prompter.ts'

/** One step of a program. Numbers that pick something count from the newest, modulo how many there are. */
export type Step =
  | { readonly do: 'ask'; readonly page: number; readonly wait: boolean; readonly timeoutMs: number }
  /** A callback about one prompt, to the listener of the same or of another: late, twice, rogue, or as it should be. */
  | { readonly do: 'tell'; readonly about: number; readonly through: number; readonly is: 'miss' | 'match' | 'error' }
  | { readonly do: 'behave'; readonly manner: Manner; readonly farewell: Farewell }
  | { readonly do: 'cancel'; readonly call: number }
  | { readonly do: 'reload'; readonly page: number }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'die' }

const few = fc.nat({ max: 2 })
// Mostly about the newest prompt, through its own listener: else little would ever end as it should.
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      page: few,
      wait: fc.boolean(),
      timeoutMs: fc.constantFrom(1, farewellMs, 5_000, 9_000),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('tell' as const),
      about: few,
      through: few,
      is: fc.constantFrom('miss' as const, 'match' as const, 'error' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('behave' as const),
      manner: fc.constantFrom(...manners),
      farewell: fc.constantFrom(...farewells),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), call: few }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), page: few }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(1, farewellMs, dismissGraceMs - 1, dismissGraceMs),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const) }) },
)
export const programs = fc.array(step, { maxLength: 30 })

/** What a queue did wrong, by name, so that a variant is known to fail for its own reason. */
export class Broken extends Error {
  readonly rule: string
  constructor(rule: string, what: string) {
    super(`${rule}: ${what}`)
    this.rule = rule
  }
}

interface Call {
  readonly number: number
  readonly page: number
  readonly deadline: number
  id: PromptId | null
  shown: number | null
  /** What it must be answered, once something settled it; worked out from the program alone. */
  due: string | null
  readonly answers: string[]
}
const told = (verdict: PromptVerdict<Released>) =>
  verdict.is === 'succeeded' ? `match of prompt ${verdict.released.shown}` : verdict.failure.code

/**
 * Runs a program against queues that `open` makes, one for each process, and says after each step what every call must
 * have been answered: from the program, not from the queue.
 * @throws Broken
 */
export function runProgram(program: readonly Step[], open: (ports: PromptPorts<Released>) => PromptQueue<Released>) {
  const clock = fakeClock()
  const calls: Call[] = []
  let queue: PromptQueue<Released>
  let process = 0
  // Kept until the step is over: what is thrown within `show` is the queue's to handle.
  const broken: Broken[] = []
  const undecided = () => calls.filter(({ due }) => due === null)
  const decide = (call: Call | undefined, due: string) => {
    if (call !== undefined) call.due ??= due
  }
  const ofPrompt = (index: number) => calls.find(({ shown }) => shown === index)

  const platform = fakePlatform(clock, (prompt, manner) => {
    if (prompts.some(({ up }) => up)) broken.push(new Broken('one at a time', 'a prompt was shown over another'))
    const first = calls.find(({ shown, due, deadline, answers }) => {
      // Its turn may come in the very millisecond in which its time is up.
      const lastMoment = due === 'timeout' && deadline === clock.now() && answers.length === 0
      return shown === null && (due === null || lastMoment)
    })
    if (first === undefined) {
      broken.push(new Broken('in order', 'a prompt was shown that nobody waits for'))
      return
    }
    if (first.id !== null && first.id !== prompt.id) broken.push(new Broken('in order', 'a later call was shown first'))
    first.shown = prompts.length
    if (manner === 'throws') first.due = 'internal'
    if (manner === 'matches-at-once') first.due = `match of prompt ${prompts.length}`
    if (manner === 'fails-at-once') first.due = 'locked-out-temporary'
  })
  const { prompts } = platform
  /** A prompt that the queue cannot know to be down. */
  const holds = ({ ended, dismissed }: ShownPrompt) =>
    !ended && (dismissed === null || clock.now() < dismissed + dismissGraceMs)
  const born = () => {
    queue = open({ prompter: platform.prompter, clock, incarnation: `process ${++process}` })
  }
  const pick = <T>(from: readonly T[], back: number): T | undefined => from[from.length - 1 - (back % from.length)]

  const apply = (step: Step) => {
    switch (step.do) {
      case 'ask': {
        const occupied = prompts.some(holds) || undecided().length > 0
        const deadline = clock.now() + step.timeoutMs
        const call: Call = { ...step, number: calls.length, deadline, id: null, shown: null, due: null, answers: [] }
        calls.push(call)
        if (!step.wait && occupied) decide(call, 'busy')
        call.id = queue.ask({ ...step, page: `page ${step.page}` }, (verdict) => call.answers.push(told(verdict)))
        return
      }
      case 'tell': {
        const about = pick(prompts, step.about)
        const through = pick(prompts, step.through)
        if (about === undefined || through === undefined) return
        const index = prompts.indexOf(about)
        const event = step.is === 'match' ? matched(index, about) : refused(about)
        if (step.is === 'miss') return through.listener({ prompt: about.id, is: 'failed' })
        if (about !== through) return through.listener(event)
        if (!about.up) {
          // Down already; a late word of it is a word all the same.
          about.ended = true
          return about.listener(event)
        }
        decide(ofPrompt(index), step.is === 'match' ? `match of prompt ${index}` : 'locked-out-temporary')
        return platform.finish(about, event)
      }
      case 'behave':
        Object.assign(platform.next, { manner: step.manner, farewell: step.farewell })
        return
      case 'cancel': {
        const call = pick(calls, step.call)
        if (call === undefined || call.id === null) return
        decide(call, 'system-cancelled')
        return queue.cancel(call.id)
      }
      case 'reload':
        for (const call of undecided()) if (call.page === step.page) decide(call, 'system-cancelled')
        return queue.pageGone(`page ${step.page}`)
      case 'pass':
        // In the order of deadlines, since one that times out lets the next be shown.
        for (const end = clock.now() + step.ms; clock.now() < end; ) {
          const deadlines = undecided().map(({ deadline }) => deadline)
          const stop = Math.min(end, ...deadlines.filter((at) => at > clock.now()))
          clock.advance(stop - clock.now() - 1)
          for (const call of undecided()) if (call.deadline <= stop) decide(call, 'timeout')
          clock.advance(1)
        }
        return
      case 'die':
        for (const call of undecided()) decide(call, 'system-cancelled')
        queue.end()
        // The system takes down what a dead process had up.
        for (const prompt of prompts) Object.assign(prompt, { up: false, ended: true })
        born()
    }
  }
  const judge = () => {
    if (broken[0] !== undefined) throw broken[0]
    for (const { number, due, answers } of calls) {
      const seen = `call ${number}: due ${due}, answered [${answers.join(', ')}]`
      if (due === null && answers.length > 0) throw new Broken('not before its time', seen)
      if (due !== null && answers.length === 0) throw new Broken('settles', seen)
      if (answers.length > 1) throw new Broken('only once', seen)
      if (due !== null && answers[0] !== due) throw new Broken('its own verdict', seen)
    }
    if (undecided().some(({ shown }) => shown === null) && !prompts.some(holds))
      throw new Broken('goes on', 'nothing is up, and a call waits')
  }
  born()
  // In the end time passes, in short steps, so that what hangs is seen to hang.
  const rest = Array.from({ length: 12 }, () => ({ do: 'pass', ms: 1_000 }) as const)
  for (const step of [...program, ...rest]) {
    apply(step)
    judge()
  }
  return { calls, prompts }
}
