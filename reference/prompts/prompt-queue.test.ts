import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fakeClock, fakePlatform, matched, type Released } from './fake-platform.ts'
import { type Broken, programs, runProgram, type Step } from './fake-program.ts'
import { countedIds, type PromptPorts, type PromptQueue, promptQueue, queueOfPrompts } from './prompt-queue.ts'
import { nextPrompts } from './prompt-state.ts'

type Open = (ports: PromptPorts<Released>) => PromptQueue<Released>
const holdsFor = (open: Open) =>
  fc.property(programs, (program) => {
    runProgram(program, open)
  })

const ask = (page: number): Step => ({ do: 'ask', page, wait: true, timeoutMs: 9_000 })
const tell = (is: 'miss' | 'match' | 'error'): Step => ({ do: 'tell', about: 0, through: 0, is })

describe('the prompt queue', () => {
  it('settles each call once, with its own verdict, one prompt at a time, in order, whatever the platform says', () => {
    fc.assert(holdsFor(promptQueue), { numRuns: 2_000, seed: 1 })
  })
  it('meets what it must hold against', () => {
    const met = new Set<string>()
    for (const program of fc.sample(programs, { numRuns: 500, seed: 1 }))
      for (const call of runProgram(program, promptQueue).calls) met.add(call.due?.replace(/ \d+$/, '') ?? 'none')
    const all = ['busy', 'internal', 'locked-out-temporary', 'match of prompt', 'system-cancelled', 'timeout']
    expect([...met].sort()).toEqual(all)
  })

  it('answers the later match after a miss, once', () => {
    const { calls } = runProgram(
      [ask(0), tell('miss'), tell('miss'), tell('match'), tell('match'), tell('error')],
      promptQueue,
    )
    expect(calls[0]?.answers).toEqual(['match of prompt 0'])
  })
  it('tells a reloaded page at once, and shows the next only when the prompt is down', () => {
    const { calls, prompts } = runProgram([ask(0), ask(1), { do: 'reload', page: 0 }, tell('match')], promptQueue)
    expect(calls[0]?.answers).toEqual(['system-cancelled'])
    expect(prompts).toHaveLength(2)
  })
  it('goes on when a caller throws, and lets it be known', () => {
    const clock = fakeClock()
    const answers: string[] = []
    const { prompter, prompts } = fakePlatform(clock, () => {})
    const queue = promptQueue({ prompter, clock, incarnation: 'a' })
    const request = { page: 'p', wait: true, timeoutMs: 5_000 }
    queue.ask(request, () => {
      throw new RangeError('of the caller')
    })
    queue.ask(request, ({ is }) => answers.push(is))
    expect(() => queue.end()).toThrow(RangeError)
    expect(answers).toEqual(['failed'])
    queue.ask(request, (verdict) => answers.push(verdict.is === 'failed' ? verdict.failure.code : verdict.is))
    expect(answers).toEqual(['failed', 'system-cancelled'])
    expect(prompts).toHaveLength(1)
  })
  it('lets a caller ask again from within its answer: it comes last', () => {
    const clock = fakeClock()
    const { prompter, prompts, finish } = fakePlatform(clock, () => {})
    const queue = promptQueue({ prompter, clock, incarnation: 'a' })
    const request = { page: 'p', wait: true, timeoutMs: 5_000 }
    const order: string[] = []
    queue.ask(request, () => {
      order.push('first')
      queue.ask(request, () => order.push('again'))
    })
    queue.ask(request, () => order.push('second'))
    for (let n = 0; n < 3; n++) {
      const prompt = prompts[n]
      if (prompt !== undefined) finish(prompt, matched(n, prompt))
    }
    expect(order).toEqual(['first', 'second', 'again'])
  })
})

type Rules = typeof nextPrompts<Released>
/** A queue whose rules are the real ones but for one thing. */
const withRules =
  (rules: Rules): Open =>
  (ports) =>
    queueOfPrompts(ports, { next: rules, newId: countedIds(ports.incarnation) })
const withIds =
  (newId: (ports: PromptPorts<Released>) => () => string): Open =>
  (ports) =>
    queueOfPrompts(ports, { next: nextPrompts, newId: newId(ports) })

describe('the property bites', () => {
  const variants: readonly [wrong: string, open: Open, rules: readonly string[]][] = [
    [
      'a miss settles',
      withRules((state, input) =>
        input.on === 'told' && input.event.is === 'failed'
          ? nextPrompts(state, {
              ...input,
              event: { prompt: input.event.prompt, is: 'error', failure: { code: 'auth-failed' } },
            })
          : nextPrompts(state, input),
      ),
      ['not before its time'],
    ],
    [
      'a later callback settles again',
      withRules((state, input) => {
        const step = nextPrompts(state, input)
        const { up } = state
        const again =
          up?.answered && input.on === 'told' && input.event.is === 'error' && input.listener === up.asked.id
        if (!again) return step
        const verdict = { is: 'failed', failure: { code: 'auth-failed' } } as const
        return { ...step, effects: [...step.effects, { do: 'answer', asked: up.asked, verdict }] }
      }),
      ['only once'],
    ],
    [
      'a callback is believed whoever it is about',
      withRules((state, input) =>
        nextPrompts(
          state,
          input.on === 'told' ? { ...input, event: { ...input.event, prompt: input.listener } } : input,
        ),
      ),
      ['not before its time', 'its own verdict'],
    ],
    [
      'a callback is believed whoever heard it',
      withRules((state, input) =>
        nextPrompts(
          state,
          input.on === 'told' && state.up !== null
            ? { ...input, listener: state.up.asked.id, event: { ...input.event, prompt: state.up.asked.id } }
            : input,
        ),
      ),
      ['not before its time', 'its own verdict'],
    ],
    [
      'the newest is shown first',
      withRules((state, input) => nextPrompts({ ...state, waiting: [...state.waiting].reverse() }, input)),
      ['in order'],
    ],
    [
      'the next is shown before the dismissed one is down',
      withRules((state, input) => {
        const step = nextPrompts(state, input)
        const up = step.state.up
        if (up === null || !up.answered) return step
        const next = nextPrompts<Released>(
          { ...step.state, up: { ...up, answered: true } },
          { on: 'rang', id: up.asked.id, alarm: 'down' },
        )
        return { state: next.state, effects: [...step.effects, ...next.effects] }
      }),
      ['one at a time'],
    ],
    [
      'a dismissed prompt is waited for without end',
      withRules((state, input) =>
        input.on === 'rang' && input.alarm === 'down' ? { state, effects: [] } : nextPrompts(state, input),
      ),
      ['goes on'],
    ],
    [
      'a reload forgets who waits',
      withRules((state, input) =>
        input.on === 'page-gone'
          ? { ...nextPrompts({ ...state, waiting: [] }, input), state: { ...nextPrompts(state, input).state } }
          : nextPrompts(state, input),
      ),
      ['settles'],
    ],
    [
      'a reload keeps the prompt that is up',
      withRules((state, input) =>
        input.on === 'page-gone' && state.up !== null ? { state, effects: [] } : nextPrompts(state, input),
      ),
      ['settles'],
    ],
    [
      'nobody is told that the process died',
      withRules((state, input) => (input.on === 'ended' ? { state, effects: [] } : nextPrompts(state, input))),
      ['settles'],
    ],
    [
      'a call that does not want to wait waits',
      withRules((state, input) => nextPrompts(state, input.on === 'asked' ? { ...input, wait: true } : input)),
      ['settles', 'in order'],
    ],
    [
      'a call that waits its turn has no deadline',
      withRules((state, input) =>
        input.on === 'rang' && state.waiting.some(({ id }) => id === input.id)
          ? { state, effects: [] }
          : nextPrompts(state, input),
      ),
      ['settles', 'in order'],
    ],
    [
      'ids are read from the clock',
      withIds((ports) => () => `${(ports.clock as PromptPorts<Released>['clock'] & { now(): number }).now()}`),
      ['only once', 'its own verdict', 'not before its time', 'settles', 'goes on'],
    ],
    [
      'ids begin anew with each process',
      withIds(() => countedIds('always the same')),
      ['not before its time', 'its own verdict'],
    ],
  ]
  it.each(variants)('%s', (_, open, rules) => {
    const found = fc.check(holdsFor(open), { numRuns: 3_000, seed: 1 })
    expect(found.failed).toBe(true)
    expect(rules).toContain((found.errorInstance as Broken).rule)
  })
  it('and passes the same parts put together anew', () => {
    fc.assert(holdsFor(withRules((state, input) => nextPrompts(state, input))), { numRuns: 200, seed: 1 })
  })
})
