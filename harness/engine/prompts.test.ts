import { describe, expect, it } from 'vitest'
import { model } from '../../devices/model/model.ts'
import { createClock } from '../../devices/simulation/clock.ts'
import { createSeam } from '../../devices/simulation/seam.ts'
import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Device } from '../contract/device.ts'
import type { Event } from '../contract/history.ts'
import type { AndroidApp } from '../contract/platforms/android.ts'
import type { Command } from '../contract/program.ts'
import type { PromptPhase } from '../contract/prompt.ts'
import type { AndroidModule, Answer } from '../contract/vault.ts'
import { session } from './session.ts'
import { inProcessTarget } from './target.ts'

const description: Description = {
  name: 'asks',
  version: '1',
  platform: 'android',
  profiles: ['gate'],
  operations: ['authenticate', 'get'],
  values: 'bytes',
  limits: {},
  durability: 'durable',
  keyring: 'none',
  restore: 'namespace',
  derived: [],
  mapping: [],
}

/** A phone with prompts and nothing else: each is answered by an effect, and times out after 30 s. */
function phone({ recognises = true }: { recognises?: boolean } = {}) {
  const seam = createSeam()
  const clock = createClock(seam)
  let listen: (prompt: number, phase: PromptPhase) => void = () => {}
  let up: { id: number; end: (matched: boolean) => void } | null = null
  let shown = 0
  const end = (phase: PromptPhase, matched: boolean) => {
    const ended = up
    if (ended === null) return false
    up = null
    listen(ended.id, phase)
    void seam.pass(() => ended.end(matched))
    return true
  }
  const ask = () =>
    new Promise<boolean>((resolve) => {
      up = { id: shown++, end: resolve }
      listen(up.id, 'shown')
      const mine = up
      void clock.port.after(30_000).then(() => up === mine && end('timed-out', false))
    })
  const device: Device = {
    name: 'prompting',
    controls: new Set<Control['control']>(['touch', 'enrol', 'kill-app', 'cancel-prompt']),
    calibrate: async () => ({ device: 'prompting', fidelity: 'F0', software: {}, facets: {}, controls: [] }),
    android: () => ({}) as AndroidApp,
    effects: {
      ...seam,
      fireTimer: clock.passToTimer,
      drop() {
        if (up !== null) listen(up.id, 'lost')
        up = null
        seam.drop()
      },
    },
    prompts: {
      up: () => up !== null,
      answer: () => recognises && end('matched', true),
      onPhase: (listener) => {
        listen = listener
      },
    },
    async restore() {
      seam.reset()
      clock.reset()
      up = null
      shown = 0
    },
    async apply(control) {
      if (control.control === 'touch') return end('matched', true) ? 'done' : 'skipped'
      if (control.control === 'cancel-prompt') return end('dismissed', false) ? 'done' : 'skipped'
      return 'done'
    },
    now: clock.elapsed,
    boot: () => 0,
    footprint: async () => ({ items: shown, secretReads: 0 }),
    takeMisuse: () => [],
    async *traces() {},
    async sweep() {},
    async [Symbol.asyncDispose]() {},
  }
  /** Works a little, asks, and answers: `again` asks for ever. */
  const vault = (again = false): AndroidModule => ({
    description,
    open: () => ({
      description,
      async invoke({ op }): Promise<Answer> {
        if (op === 'get') return { is: 'fail', failure: { code: 'not-found' } }
        for (let step = 0; step < 3; step++) await seam.pass(() => undefined)
        let matched = await ask()
        while (again) matched = await ask()
        return matched ? { is: 'ok', value: null } : { is: 'fail', failure: { code: 'timeout' } }
      },
    }),
  })
  return {
    run: async (commands: readonly Command[], schedule: readonly number[] = [], again = false) => {
      const target = inProcessTarget(vault(again), device)
      return (await session(target, { prefix: 'test', deadlineMs: 1000 }).run({ commands, schedule })).events
    },
  }
}
const ask: Command = { do: 'call', op: { op: 'authenticate' } }
const asked: Command = { do: 'start', op: { op: 'authenticate' } }
const control = (what: Control): Command => ({ do: 'control', control: what })
const touch = control({ control: 'touch', finger: 'right' })
const enrol = control({ control: 'enrol', what: 'finger' })
const told = (events: readonly Event[]) =>
  events.flatMap((event) => {
    if (event.type === 'prompt') return [event.phase]
    if (event.type === 'control') return [`${event.control.control} ${event.result}`]
    if (event.type !== 'return') return []
    const { outcome } = event
    return [outcome.is === 'fail' ? outcome.failure.code : outcome.is === 'info' ? outcome.why : 'ok']
  })

describe('a prompt', () => {
  it('that nobody scripted is answered as it should be', async () => {
    expect(told(await phone().run([ask]))).toEqual(['shown', 'matched', 'ok'])
  })
  it('that nobody can answer times out', async () => {
    expect(told(await phone({ recognises: false }).run([ask]))).toEqual(['shown', 'timed-out', 'timeout'])
  })
  it('is waited for by what answers it', async () => {
    expect(told(await phone().run([asked, touch]))).toEqual(['shown', 'matched', 'touch done', 'ok'])
  })
  it('that never comes leaves the control without meaning', async () => {
    expect(told(await phone().run([touch]))).toEqual(['touch skipped'])
  })
  it('goes with its process', async () => {
    const events = await phone().run([asked, control({ control: 'kill-app' }), ask], [5])
    expect(told(events)).toEqual(['shown', 'killed', 'lost', 'kill-app done', 'shown', 'matched', 'ok'])
  })
  it('that comes again and again is told as stuck', async () => {
    expect(told(await phone().run([ask], [], true)).at(-1)).toBe('stuck')
  })
})

describe('something done to the world while a call is in flight', () => {
  it.each([
    [0, ['enrol done', 'shown', 'matched', 'ok']],
    [5, ['shown', 'enrol done', 'matched', 'ok']],
  ])('comes after as many effects as the schedule says: %i', async (effects, order) => {
    expect(told(await phone().run([asked, enrol], [effects]))).toEqual(order)
  })
})

it('a vault of another platform is refused in one sentence', () => {
  const module = { description: { ...description, name: 'keeps' }, open: () => ({}) as never }
  expect(() => inProcessTarget(module, model())).toThrow(
    "The vault 'keeps' is written for the platform 'android', and the device 'model' runs vaults of desktop in process: " +
      'choose a device that fits.',
  )
})
