import fc, { type Arbitrary } from 'fast-check'
import type { Control, ControlName } from '../contract/controls.ts'
import type { EventRef } from '../contract/events.ts'
import type { LogDamage } from '../contract/log-damage.ts'
import type { AccessPolicy, OperationName } from '../contract/operations.ts'
import type { Command, Program } from '../contract/program.ts'
import { type ValueKind, wideSizeOf } from '../contract/values.ts'
import { pick, record } from './one-form.ts'
import type { Ground } from './scenario.ts'

export interface Weighted {
  readonly weight: number
  readonly arbitrary: Arbitrary<Command>
}

/** Sizes in bytes: mostly small, then around whatever boundary there is. */
export const ordinarySizes: Arbitrary<number> = fc.integer({ min: 12, max: 40 })

export function boundarySizes({ description }: Ground): Arbitrary<number> {
  const max = description.limits.value?.max
  const around = max === undefined ? [2048, 2560, 4096, 65_536] : [max, max - 1, max + 1, max * 2]
  return fc.constantFrom(12, ...around)
}

/** Sizes of wide text around the declared limit, in whatever unit it is; none where the vault declares none. */
export function wideSizes({ description }: Ground): Arbitrary<number> | null {
  const limit = description.limits.value
  if (limit === undefined) return null
  const { max, unit } = limit
  return fc.constantFrom(...[max, max - 1, max + 1, max * 2].map((length) => wideSizeOf(unit, length)))
}

/** Sizes that stores keep in several parts, where they do so with any: within the limit, as far as there is one. */
export function longSizes({ description }: Ground): Arbitrary<number> {
  const max = description.limits.value?.max ?? Number.POSITIVE_INFINITY
  return fc.constantFrom(...[2_600, 3_900, 6_000].filter((size) => size <= max), ...(max < 2_600 ? [max] : []))
}

export interface Calls {
  readonly names: readonly string[]
  readonly kinds?: readonly ValueKind[]
  readonly sizes?: Arbitrary<number>
  /** How many different values of one size and kind there are; default ten. */
  readonly different?: number
  /** Policies of a `put`, of those that the vault offers; default all of them. */
  readonly access?: readonly AccessPolicy[]
  /** How often each operation is chosen. */
  readonly weights: Partial<Record<OperationName, number>>
  /** Another process of the app makes them. */
  readonly by?: 'other'
  /** How often a call is left pending, for each time that it runs to its end; `always` leaves every one. */
  readonly start?: number | 'always'
}

/** Calls of the operations that this vault offers; no `put` where it offers none of the policies. */
export function calls(
  ground: Ground,
  { names, kinds = ['text'], sizes = ordinarySizes, different = 10, access, weights, by, start = 0 }: Calls,
): readonly Weighted[] {
  const offered = ground.description.biometric?.policies ?? []
  const policies = offered.filter((policy) => access?.includes(policy) ?? true)
  const withAccess = offered.length > 1 && policies.length > 0 ? { access: pick(...policies) } : {}
  const fits = (op: OperationName) => op !== 'put' || access === undefined || policies.length > 0
  const slot = !ground.description.profiles.includes('store')
  const name = slot ? {} : { name: pick(...names) }
  const usable = ground.description.values === 'text' ? kinds.filter((kind) => kind !== 'binary') : kinds
  const value = record({ canary: fc.nat(different - 1), size: sizes, kind: pick(...usable) })
  const operation = (op: OperationName) => {
    const named = op === 'put' || op === 'get' || op === 'delete' || op === 'has'
    return record({ op: pick(op), ...(named ? name : {}), ...(op === 'put' ? { value, ...withAccess } : {}) })
  }
  const command = (how: 'call' | 'start', op: OperationName) =>
    record({
      do: pick(how),
      op: operation(op),
      ...(by === undefined ? {} : { by: pick(by) }),
    }) as unknown as Arbitrary<Command>
  return (Object.entries(weights) as [OperationName, number][])
    .filter(([op]) => ground.description.operations.includes(op) && fits(op))
    .flatMap(([op, weight]) => [
      ...(start === 'always' ? [] : [{ weight, arbitrary: command('call', op) }]),
      ...(start === 0 ? [] : [{ weight: weight * (start === 'always' ? 1 : start), arbitrary: command('start', op) }]),
    ])
}

/** Events of an audit log, of this number or any. */
const eventRef = (shapes: readonly EventRef['shape'][], number: number | null = null) =>
  record({
    event: number === null ? fc.nat(9) : fc.integer({ min: number, max: number }),
    shape: pick(...shapes),
  })

/** How often each call of an audit log is made. */
type LogCall = 'append' | 'split' | 'entries' | 'verify' | 'witness' | 'checkpoint'

/**
 * Calls of an audit log: `split` appends an event that has a look-alike, `witness` verifies against the last checkpoint.
 * @param split the number of such an event; default any
 */
export function logCalls(
  { description }: Ground,
  weights: Partial<Record<LogCall, number>>,
  { how = 'call', split = null }: { readonly how?: 'call' | 'start'; readonly split?: number | null } = {},
): readonly Weighted[] {
  const op = (made: Record<string, Arbitrary<unknown>>) =>
    record({ do: pick(how), op: record(made) }) as unknown as Arbitrary<Command>
  const made: Record<LogCall, readonly [OperationName, Arbitrary<Command>]> = {
    append: ['append', op({ op: pick('append'), event: eventRef(['plain']) })],
    split: ['append', op({ op: pick('append'), event: eventRef(['split', 'joined'], split) })],
    entries: ['entries', op({ op: pick('entries') })],
    verify: ['verify', op({ op: pick('verify') })],
    witness: ['checkpoint', op({ op: pick('verify'), witnessed: fc.constant(true) })],
    checkpoint: ['checkpoint', op({ op: pick('checkpoint') })],
  }
  return (Object.entries(weights) as [LogCall, number][])
    .filter(([call]) => description.operations.includes(made[call][0]))
    .map(([call, weight]) => ({ weight, arbitrary: made[call][1] }))
}

/** Changes to the lines of an audit log, of these kinds, where the device can make them. */
export function logDamages(ground: Ground, how: readonly LogDamage['how'][]): readonly Weighted[] {
  if (!ground.controls.has('damage-log')) return []
  const control = record({ control: pick('damage-log'), how: pick(...how), at: fc.nat(7) })
  return [{ weight: 1, arbitrary: record({ do: pick('control'), control }) as unknown as Arbitrary<Command> }]
}

/**
 * The last event of an audit log replaced by another, where the device can do it.
 * @param split by one that has a look-alike, of this number
 */
export function logRewrites(
  ground: Ground,
  puts: 'files' | 'machine',
  split: number | null = null,
): readonly Weighted[] {
  if (!ground.controls.has('rewrite-log')) return []
  const control = record({
    control: pick('rewrite-log'),
    event: split === null ? eventRef(['plain']) : eventRef(['split', 'joined'], split),
    puts: pick(puts),
  })
  return [{ weight: 1, arbitrary: record({ do: pick('control'), control }) as unknown as Arbitrary<Command> }]
}

/** PINs that programs set are below this; the others are wrong ones. */
const pinsSet = 3
type PinCall = 'wrong' | 'none' | 'any' | 'change' | 'first' | 'second' | 'changeToSecond'

/**
 * Calls that name a PIN, of a vault that asks for one: to open with a wrong one, with none, with one that was set; to change it. `first`
 * is the PIN of the set-up, `second` another that programs set. */
export function pinCalls(ground: Ground, weights: Partial<Record<PinCall, number>>): readonly Weighted[] {
  if (!ground.description.profiles.includes('pin')) return []
  const call = (op: Arbitrary<unknown>) => record({ do: pick('call'), op }) as unknown as Arbitrary<Command>
  const set = record({ pin: fc.nat(pinsSet - 1) })
  const one = (pin: number) => record({ pin: fc.integer({ min: pin, max: pin }) })
  const made: Record<PinCall, Arbitrary<Command>> = {
    wrong: call(record({ op: pick('unlock'), pin: record({ pin: fc.integer({ min: pinsSet, max: 2 * pinsSet }) }) })),
    none: call(record({ op: pick('unlock'), pin: fc.constant(null) })),
    any: call(record({ op: pick('unlock'), pin: set })),
    change: call(record({ op: pick('changePin'), next: set })),
    first: call(record({ op: pick('unlock'), pin: one(0) })),
    second: call(record({ op: pick('unlock'), pin: one(1) })),
    changeToSecond: call(record({ op: pick('changePin'), next: one(1) })),
  }
  return (Object.entries(weights) as [PinCall, number][]).map(([kind, weight]) => ({ weight, arbitrary: made[kind] }))
}

/** Raw keys of a database: one with a zero byte inside, one without, and one that no program sets. */
const rawKeys = {
  zero: { canary: 401, kind: 'nul' },
  whole: { canary: 402, kind: 'binary' },
  other: { canary: 403, kind: 'binary' },
} as const
type KeyCall = 'setUpZero' | 'setUpWhole' | 'unlockZero' | 'unlockWhole' | 'unlockOther'

/** Calls that name a raw key, of a vault that is a database. */
export function keyCalls(ground: Ground, weights: Partial<Record<KeyCall, number>>): readonly Weighted[] {
  if (!ground.description.profiles.includes('database')) return []
  const call = (op: 'setUp' | 'unlock', { canary, kind }: (typeof rawKeys)[keyof typeof rawKeys]) => {
    const key = record({
      canary: fc.integer({ min: canary, max: canary }),
      size: fc.integer({ min: 32, max: 32 }),
      kind: pick(kind),
    })
    return record({ do: pick('call'), op: record({ op: pick(op), key }) }) as unknown as Arbitrary<Command>
  }
  const made: Record<KeyCall, Arbitrary<Command>> = {
    setUpZero: call('setUp', rawKeys.zero),
    setUpWhole: call('setUp', rawKeys.whole),
    unlockZero: call('unlock', rawKeys.zero),
    unlockWhole: call('unlock', rawKeys.whole),
    unlockOther: call('unlock', rawKeys.other),
  }
  return (Object.entries(weights) as [KeyCall, number][]).map(([kind, weight]) => ({ weight, arbitrary: made[kind] }))
}

type Damage = Extract<Control, { control: 'damage-file' }>['how']

/** Damage to the vault's files, of these kinds, where the device can do it: at any byte up to this one. */
export function damages(ground: Ground, how: readonly Damage[], most = 400): readonly Weighted[] {
  if (!ground.controls.has('damage-file')) return []
  const control = record({ control: pick('damage-file'), how: pick(...how), file: fc.nat(5), at: fc.nat(most) })
  return [{ weight: 1, arbitrary: record({ do: pick('control'), control }) as unknown as Arbitrary<Command> }]
}

/** How long until a power cut, in milliseconds: within a call that is under way, or seconds after the last one. */
const untilCut = fc.constantFrom(0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 2000, 6000)

/** Power cuts, where the device can do it: at once, or at an effect where effects are seen, after a while where they are not. */
export function powerCuts(ground: Ground): readonly Weighted[] {
  if (!ground.controls.has('cut-power')) return []
  const cut = (more: Record<string, Arbitrary<unknown>>) =>
    record({
      do: pick('control'),
      control: record({ control: pick('cut-power'), loses: pick('all', 'contents'), ...more }),
    }) as unknown as Arbitrary<Command>
  return [
    { weight: 2, arbitrary: cut({}) },
    { weight: 1, arbitrary: cut(ground.timePasses === true ? { afterMs: untilCut } : { atEffect: fc.nat(15) }) },
  ]
}

/** Time that passes, or a clock that is set back. Milliseconds. */
export function clocks(ground: Ground): readonly Weighted[] {
  if (!ground.controls.has('advance-clock')) return []
  const control = record({ control: pick('advance-clock'), by: fc.constantFrom(-86_400_000, -60_000) })
  return [{ weight: 1, arbitrary: record({ do: pick('control'), control }) as unknown as Arbitrary<Command> }]
}

/** Controls that this device has. `kill-app` and `cut-power` may be armed at an effect where effects pass the seam. */
export function controlsOf(
  ground: Ground,
  weights: Partial<Record<ControlName, number>>,
  armed = false,
): readonly Weighted[] {
  const plain = (control: Control['control']): Arbitrary<Command> =>
    record({ do: pick('control'), control: record({ control: pick(control) }) }) as unknown as Arbitrary<Command>
  const atEffect = (control: Control['control']): Arbitrary<Command> =>
    record({
      do: pick('control'),
      control: record({ control: pick(control), atEffect: fc.nat(19) }),
    }) as unknown as Arbitrary<Command>
  return (Object.entries(weights) as [ControlName, number][])
    .filter(([control]) => ground.controls.has(control))
    .flatMap(([control, weight]) => [
      { weight, arbitrary: plain(control) },
      ...(armed && control === 'kill-app' ? [{ weight: weight * 2, arbitrary: atEffect(control) }] : []),
    ])
}

/** Kills that strike within the next few calls, where effects pass the seam: a story has no use for others. Else plain ones. */
export function armedKills(ground: Ground, most = 12): readonly Weighted[] {
  const kill = (more: Record<string, Arbitrary<unknown>>) =>
    record({
      do: pick('control'),
      control: record({ control: pick('kill-app'), ...more }),
    }) as unknown as Arbitrary<Command>
  if (!ground.controls.has('kill-app')) return []
  return [
    { weight: 1, arbitrary: kill({}) },
    { weight: 9, arbitrary: kill({ atEffect: fc.nat(most) }) },
  ]
}

/** One step of a story: one of these calls or controls. Null where this ground has none of them. */
export type StoryStep = readonly Weighted[]

/** Commands in an order that leads somewhere, details left open. Steps that this ground lacks are left out. */
const story = (steps: readonly StoryStep[]): Arbitrary<readonly Command[]> =>
  fc.tuple(...steps.filter((step) => step.length > 0).map((step) => fc.oneof(...step)))

/** The same steps again and again, as often as a program has room for, three times at most: an arming seldom hits at once. */
export const rounds = (ground: Ground, steps: readonly StoryStep[]): readonly StoryStep[] =>
  Array.from({ length: Math.min(3, Math.max(1, Math.floor(ground.commands / steps.length))) }, () => steps).flat()

/** How often a program is free, at most, for each time that it is one certain story. */
const mostFree = 6

/**
 * Programs of these commands, and of stories where chance alone would seldom get. A program from a story has the form
 * of any other, and shrinks as such.
 * @param free how often a program of free commands is made, where each story is made once; default as often as all stories together, up to a limit
 */
export function programs(
  ground: Ground,
  commands: readonly Weighted[],
  stories: readonly (readonly StoryStep[])[] = [],
  free = Math.min(mostFree, stories.length),
): Arbitrary<Program> {
  const freely = fc.array(fc.oneof(...commands), { maxLength: ground.commands, size: 'max' })
  return record({
    commands: fc.oneof(
      { weight: Math.max(1, free), arbitrary: freely },
      ...stories.map((steps) => ({ weight: 1, arbitrary: story(steps) })),
    ),
    schedule: fc.array(fc.nat(7), { maxLength: ground.commands * 2, size: 'max' }),
  }) as Arbitrary<Program>
}
