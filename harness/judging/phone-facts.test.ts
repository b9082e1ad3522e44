import { describe, expect, it } from 'vitest'
import { factsOf } from './facts.ts'
import {
  absent,
  app,
  available,
  away,
  backup,
  boots,
  changed,
  fewer,
  finger,
  got,
  invalid,
  kill,
  language,
  later,
  lockOut,
  lockScreen,
  nobody,
  noLock,
  otherPhone,
  reinstall,
  setLock,
  strongFace,
  system,
  turn,
  unlock,
  use,
  weakFace,
} from './sample-happenings.ts'
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
    ['read-after-enrolment', 'android', [put(), finger, boots(true), invalid]],
    ['late-invalidation', 'android', [use('android-q2-late-invalidation'), put(), finger, invalid]],
    ['read-after-fewer-fingers', 'android', [finger, put(), fewer, got]],
    ['read-after-fewer-fingers', 'ios', [finger, put(), fewer, invalid]],
    ['read-after-no-fingers', 'android', [put(), fewer, invalid]],
    ['read-after-no-fingers', 'android', [put(), nobody, finger, invalid]],
    ['read-after-weak-face', 'android', [put(), weakFace, got]],
    ['read-after-other-strong-face', 'android', [put(), strongFace, invalid]],
    ['read-any-after-enrolment', 'android', [put(ok, 'any-enrolled'), finger, got]],
    ['read-without-fingers', 'android', [put(ok, 'any-enrolled'), nobody, read(fail('not-enrolled'))]],
    ['read-without-fingers', 'ios', [put(ok, 'device-credential'), nobody, got]],
    ['read-any-after-enrolment', 'ios', [finger, put(ok, 'any-enrolled'), fewer, got]],
    ['unbound-read-after-lock-change', 'android', [noLock, put(ok, 'none'), read(gave(1))]],
    ['write-without-fingers', 'ios', [nobody, put(ok, 'device-credential')]],
    ['read-after-lock-change', 'android', [put(), noLock, invalid]],
    ['read-after-lock-change', 'android', [put(), noLock, setLock, invalid]],
    ['read-after-lock-change', 'android', [put(), changed('unproven'), invalid]],
    ['read-after-proven-lock-change', 'android', [put(), changed('proven'), got]],
    ['unbound-read-after-lock-change', 'android', [put(ok, 'none'), noLock, read(gave(1))]],
    ['read-of-late-entry', 'android', [finger, put(), got]],
    ['write-after-invalidation', 'android', [put(), finger, put()]],
    ['write-after-invalidation', 'android', [put(), finger, put(), got]],
    ['write-without-fingers', 'android', [nobody, put(fail('not-enrolled'))]],
    ['read-without-lock', 'android', [noLock, put(fail('no-screen-lock'))]],
    ['read-after-system-update', 'android', [put(), system, got]],
    ['read-after-app-update', 'ios', [put(), app, got]],
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
    ['read-before-first-unlock', 'android', [put(), boots(false), read(fail('device-locked'))]],
    ['read-after-first-unlock', 'android', [put(), boots(false), unlock, got]],
    ['read-after-early-read', 'ios', [put(), boots(false), read(fail('device-locked')), unlock, got]],
    ['read-after-early-start', 'ios', [put(), boots(false), available('available'), unlock, got]],
    ['read-after-restored-backup', 'android', [put(), reinstall(true), backup(2), invalid]],
    ['read-after-reinstall', 'android', [put(), reinstall(false), read(fail('not-found'))]],
    ['read-after-reinstall', 'ios', [put(), reinstall(true), backup(0), got]],
    ['write-after-reinstall', 'ios', [put(), reinstall(false), put()]],
    ['write-after-restored-backup', 'android', [put(), reinstall(true), backup(2), put()]],
    // What is gone after a death is told of the death, unless something else may have taken it.
    ['read-after-kill', 'android', [finger, put(), kill, absent]],
    ['read-after-kill', 'ios', [put(), kill, app, absent]],
    ['read-of-late-entry', 'android', [finger, put(), kill, invalid]],
    ['read-on-other-phone', 'android', [put(), otherPhone, backup(1), invalid]],
    [null, 'android', [put(), { control: 'clear-data' }, read(fail('not-found'))]],
    [null, 'android', [put(), lockScreen, read(fail('system-cancelled'))]],
    ['read-after-kill', 'android', [put(), kill, got]],
    ['read-after-crash', 'android', [put(), put(killed), kill, got]],
    ['asked-after-death', 'android', [put(), read(killed, 'shown', kill, 'lost'), got]],
    ['asked-after-turn', 'android', [put(), turn, got]],
    ['ordinary-read', 'android', [put(), turn, kill, put(), got]],
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
    ['left-while-prompting', [put(), read(fail('system-cancelled'), 'shown', away, 'system-cancelled')]],
    ['system-cancelled-prompt', [put(), read(fail('user-cancelled'), 'shown', 'system-cancelled')]],
    ['turned-while-prompting', [put(), read(stuck, 'shown', turn)]],
    ['acknowledged-while-asking', [put(ok, 'current-set', 'shown')]],
    ['refused-read', [put(), finger, counted(invalid, 2, 2)]],
    ['deleted-and-counted', [put(), counted(call({ op: 'delete', name: 'a' }, ok), 2, 0)]],
    ['availability-told', [available('available')]],
    ['enrolment-probe', [put(), finger, counted(available('available'), 2, 2)]],
    ['gated', [call({ op: 'authenticate' }, ok, ...asked)]],
    ['prompted-read', [put(), got]],
  ])('%s', (situation, steps) => {
    expect(last('android', ...steps)).toContain(situation)
  })
  it('another code for the same condition in another language is told of the language alone', () => {
    const told = last('android', nobody, put(fail('not-enrolled')), language, put(fail('internal')))
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
