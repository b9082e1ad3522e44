import { describe, expect, it } from 'vitest'
import type { Control } from '../contract/controls.ts'
import { factsOf } from './facts.ts'
import {
  asked,
  call,
  counted,
  fail,
  gave,
  historyOf,
  killed,
  ok,
  phoneDescription,
  put,
  read,
  type Step,
  stuck,
  value,
} from './sample-history.ts'
import type { Situation } from './situations.ts'

const finger: Control = { control: 'enrol', what: 'finger' }
const strongFace: Control = { control: 'enrol', what: 'strong-face' }
const weakFace: Control = { control: 'enrol', what: 'weak-face' }
const unenrol = (which: 'one' | 'all'): Control => ({ control: 'unenrol', which })
const use = (profile: Extract<Control, { control: 'use-phone' }>['profile']): Control => ({
  control: 'use-phone',
  profile,
})
const changed = (old: 'proven' | 'unproven'): Control => ({ control: 'change-screen-lock', old })
const noLock: Control = { control: 'remove-screen-lock' }
const setLock: Control = { control: 'set-screen-lock' }
const boot = (unlocked: boolean): Control => ({ control: 'reboot', unlocked })
const unlock: Control = { control: 'unlock-screen' }
const lockScreen: Control = { control: 'lock-screen' }
const lockOut = (how: 'temporary' | 'permanent'): Control => ({ control: 'lock-out', how })
const later: Control = { control: 'advance-clock', by: 31_000 }
const system: Control = { control: 'update-system' }
const reinstall = (backup: boolean): Control => ({ control: 'reinstall', backup })
const backup = (items: number) => ({ probe: 'backup', items }) as const
const kill: Control = { control: 'kill-app' }
const invalid = read(fail('key-invalidated'))
const got = read(gave(1), ...asked)
const availability = call({ op: 'availability' }, { is: 'ok', value: 'available' })

/** Situations of the last call, without those that every call has. */
function last(platform: 'android' | 'ios', ...steps: readonly Step[]): readonly Situation[] {
  const history = historyOf(...steps)
  const { met } = factsOf(history, phoneDescription(platform))
  const end = history.events.findLast(({ type }) => type === 'return')?.seq
  return [...met].flatMap(([situation, occurrences]) => (occurrences.some(({ at }) => at === end) ? [situation] : []))
}
const beside: ReadonlySet<string> = new Set([
  'round-trip',
  'absent-read',
  'acknowledged-write',
  'failed-with-identity',
  'prompted-read',
  'unmatched-read',
  'recognised',
  'call-after-navigation',
  'write-prompts',
  'refused-read',
  'rule-of-platform',
])

describe('a call on a phone is told under one situation about what is kept', () => {
  it.each<[Situation | null, 'android' | 'ios', readonly Step[]]>([
    ['ordinary-read', 'android', [put(), got]],
    ['read-after-enrolment', 'android', [put(), finger, invalid]],
    ['read-after-enrolment', 'ios', [put(), finger, invalid]],
    ['read-after-enrolment', 'android', [put(), finger, boot(true), invalid]],
    ['late-invalidation', 'android', [use('android-q2-late-invalidation'), put(), finger, invalid]],
    ['read-after-fewer-fingers', 'android', [finger, put(), unenrol('one'), got]],
    ['read-after-fewer-fingers', 'ios', [finger, put(), unenrol('one'), invalid]],
    ['read-after-no-fingers', 'android', [put(), unenrol('one'), invalid]],
    ['read-after-no-fingers', 'android', [put(), unenrol('all'), finger, invalid]],
    ['read-after-weak-face', 'android', [put(), weakFace, got]],
    ['read-after-other-strong-face', 'android', [put(), strongFace, invalid]],
    ['read-any-after-enrolment', 'android', [put(ok, 'any-enrolled'), finger, got]],
    ['read-without-fingers', 'android', [put(ok, 'any-enrolled'), unenrol('all'), read(fail('not-enrolled'))]],
    ['read-without-fingers', 'ios', [put(ok, 'device-credential'), unenrol('all'), got]],
    ['read-any-after-enrolment', 'ios', [finger, put(ok, 'any-enrolled'), unenrol('one'), got]],
    ['unbound-read-after-lock-change', 'android', [noLock, put(ok, 'none'), read(gave(1))]],
    ['write-without-fingers', 'ios', [unenrol('all'), put(ok, 'device-credential')]],
    ['read-after-lock-change', 'android', [put(), noLock, invalid]],
    ['read-after-lock-change', 'android', [put(), noLock, setLock, invalid]],
    ['read-after-lock-change', 'android', [put(), changed('unproven'), invalid]],
    ['read-after-proven-lock-change', 'android', [put(), changed('proven'), got]],
    ['unbound-read-after-lock-change', 'android', [put(ok, 'none'), noLock, read(gave(1))]],
    ['read-of-late-entry', 'android', [finger, put(), got]],
    ['write-after-invalidation', 'android', [put(), finger, put()]],
    ['write-after-invalidation', 'android', [put(), finger, put(), got]],
    ['write-without-fingers', 'android', [unenrol('all'), put(fail('not-enrolled'))]],
    ['read-without-lock', 'android', [noLock, put(fail('no-screen-lock'))]],
    ['read-after-system-update', 'android', [put(), system, got]],
    ['read-after-app-update', 'ios', [put(), { control: 'update-app' }, got]],
    [
      'read-from-failing-store',
      'android',
      [use('android-q3-update-breaks-keys'), put(), system, read(fail('hardware-unavailable'))],
    ],
    [
      'read-after-failing-store',
      'android',
      [use('android-q3-update-breaks-keys'), put(), system, read(fail('hardware-unavailable')), system, got],
    ],
    ['read-while-locked-out', 'android', [put(), lockOut('temporary'), read(fail('locked-out-temporary'))]],
    ['read-while-locked-out-for-good', 'ios', [put(), lockOut('permanent'), read(fail('locked-out-permanent'))]],
    ['read-after-lockout', 'android', [put(), lockOut('temporary'), later, got]],
    ['read-after-lockout', 'ios', [put(), lockOut('permanent'), lockScreen, unlock, got]],
    ['read-before-first-unlock', 'android', [put(), boot(false), read(fail('device-locked'))]],
    ['read-after-first-unlock', 'android', [put(), boot(false), unlock, got]],
    ['read-after-early-read', 'ios', [put(), boot(false), read(fail('device-locked')), unlock, got]],
    ['read-after-early-start', 'ios', [put(), boot(false), availability, unlock, got]],
    ['read-after-restored-backup', 'android', [put(), reinstall(true), backup(2), invalid]],
    ['read-after-reinstall', 'android', [put(), reinstall(false), read(fail('not-found'))]],
    ['read-after-reinstall', 'ios', [put(), reinstall(true), backup(0), got]],
    ['write-after-reinstall', 'ios', [put(), reinstall(false), put()]],
    ['write-after-restored-backup', 'android', [put(), reinstall(true), backup(2), put()]],
    ['read-on-other-phone', 'android', [put(), { control: 'change-phone' }, backup(1), invalid]],
    [null, 'android', [put(), { control: 'clear-data' }, read(fail('not-found'))]],
    [null, 'android', [put(), lockScreen, read(fail('system-cancelled'))]],
    ['read-after-kill', 'android', [put(), kill, got]],
    ['read-after-crash', 'android', [put(), put(killed), kill, got]],
    ['asked-after-death', 'android', [put(), read(killed, 'shown', kill, 'lost'), got]],
    ['asked-after-turn', 'android', [put(), { control: 'rotate' }, got]],
    ['ordinary-read', 'android', [put(), { control: 'rotate' }, kill, put(), got]],
    ['write-after-invalidation', 'android', [put(fail('key-invalidated')), finger, put(fail('key-invalidated'))]],
    ['missed-then-matched', 'android', [put(), read(gave(1), 'shown', 'missed', 'matched')]],
    ['missed-then-matched', 'android', [put(), read(fail('auth-failed'), 'shown', 'missed')]],
    ['dismissed-prompt', 'android', [put(), read(fail('user-cancelled'), 'shown', 'dismissed')]],
    ['button-of-prompt', 'android', [put(), read(fail('fallback-chosen'), 'shown', 'button')]],
    ['timed-out-prompt', 'android', [put(), read(fail('timeout'), 'shown', 'timed-out')]],
    ['exhausted-prompt', 'ios', [put(), read(fail('auth-failed'), 'shown', 'missed', 'missed', 'missed', 'exhausted')]],
    ['read-after-enrolment', 'android', [put(), read(gave(1), 'shown', finger, 'matched')]],
  ])('%s on %s', (situation, platform, steps) => {
    expect(last(platform, ...steps).filter((one) => !beside.has(one))).toEqual(situation === null ? [] : [situation])
  })
})

describe('what else a call on a phone tells', () => {
  it.each<[Situation, readonly Step[]]>([
    ['forged-match', [put(), read(fail('auth-failed'), 'shown', 'forged')]],
    [
      'left-while-prompting',
      [put(), read(fail('system-cancelled'), 'shown', { control: 'leave-app' }, 'system-cancelled')],
    ],
    ['system-cancelled-prompt', [put(), read(fail('user-cancelled'), 'shown', 'system-cancelled')]],
    ['turned-while-prompting', [put(), read(stuck, 'shown', { control: 'rotate' })]],
    ['acknowledged-while-asking', [put(ok, 'current-set', 'shown')]],
    ['refused-read', [put(), finger, counted(invalid, 2, 2)]],
    ['deleted-and-counted', [put(), counted(call({ op: 'delete', name: 'a' }, ok), 2, 0)]],
    ['availability-told', [availability]],
    ['enrolment-probe', [put(), finger, counted(availability, 2, 2)]],
    ['gated', [call({ op: 'authenticate' }, ok, ...asked)]],
    ['prompted-read', [put(), got]],
  ])('%s', (situation, steps) => {
    expect(last('android', ...steps)).toContain(situation)
  })
  it('another code for the same condition in another language is told of the language alone', () => {
    const told = last(
      'android',
      unenrol('all'),
      put(fail('not-enrolled')),
      { control: 'change-language' },
      put(fail('internal')),
    )
    expect(told).toContain('told-in-another-language')
    expect(told).not.toContain('write-without-fingers')
  })
  it('more is left with each entry that comes and goes, but not with each policy', () => {
    const gone = (name: string, access: 'current-set' | 'none', before: number, after: number) => [
      call({ op: 'put', name, value: value(1), access }, ok),
      counted(call({ op: 'delete', name }, ok), before, after),
    ]
    const wrongs = (...steps: readonly Step[]) =>
      factsOf(historyOf(...steps), phoneDescription('android'))
        .of('deleted-and-counted')
        .map(({ wrong }) => wrong?.kind)
    expect(wrongs(...gone('a', 'none', 2, 1), ...gone('b', 'none', 3, 2))).toEqual([undefined, 'more-each-time'])
    expect(wrongs(...gone('a', 'none', 2, 1), ...gone('b', 'none', 2, 1))).toEqual([undefined, undefined])
    expect(wrongs(...gone('a', 'none', 2, 1), ...gone('b', 'current-set', 3, 2))).toEqual([undefined, undefined])
    expect(wrongs(...gone('a', 'none', 2, 2))).toEqual(['kept'])
  })
  it('a desktop vault hears nothing of phones', () => {
    const { platform: _, ...desktop } = phoneDescription('android')
    const { met } = factsOf(historyOf(put(), finger, invalid), desktop)
    expect([...met.keys()]).not.toContain('read-after-enrolment')
  })
})
