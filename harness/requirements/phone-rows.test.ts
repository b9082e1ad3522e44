import { describe, expect, it } from 'vitest'
import type { Description } from '../contract/description.ts'
import type { Outcome } from '../contract/history.ts'
import { factsOf } from '../judging/facts.ts'
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
  nobody,
  noLock,
  otherPhone,
  reinstall,
  strongFace,
  system,
  turn,
  unlock,
  use,
  weakFace,
} from '../judging/sample-happenings.ts'
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
} from '../judging/sample-history.ts'
import { exemption } from '../judging/verdict.ts'
import { requirementOf } from './index.ts'
import { check } from './requirement.ts'

const late = use('android-q2-late-invalidation')
const breaking = use('android-q3-update-breaks-keys')
const mute = use('android-q1-removed-finger')
const unnoticed = use('android-q6-enrolment-unnoticed')
const proven = changed('proven')
const boot = boots(false)
const out = lockOut('temporary')
const outForGood = lockOut('permanent')
const withBackup = reinstall(true)
const again = reinstall(false)
const any = put(ok, 'any-enrolled')
const free = put(ok, 'none')
const credential = put(ok, 'device-credential')
const authenticates = (outcome: Outcome, ...between: Parameters<typeof call>[2][]) =>
  call({ op: 'authenticate' }, outcome, ...between)
const removed = call({ op: 'delete', name: 'a' }, ok)
const native = (code: 'internal' | 'auth-failed', of: { code?: number; type?: string }): Outcome => ({
  is: 'fail',
  failure: code === 'internal' ? { code, reason: 'not in the mapping table' } : { code },
  native: { domain: 'any', code: of.code ?? null, type: of.type ?? null, message: '' },
})
const threw: Outcome = { is: 'fail', failure: { code: 'internal', reason: 'the adapter threw' } }
const byText = ['key-invalidated', 'user-cancelled'] as const
const textual: Partial<Description> = { mapping: byText.map((to) => ({ match: to, by: 'text', to: [to] })) }
const numbers: Partial<Description> = { mapping: [{ match: 10, by: 'number', to: ['user-cancelled'] }] }
const misuse = { probe: 'misuse', call: 'BiometricPrompt.authenticate', rule: 'weak with a key' } as const

type Case = readonly [id: string, platform: 'android' | 'ios', steps: readonly Step[], more?: Partial<Description>]
/** Null where it holds; else the kind of the breach, or what is missing. */
function finding([id, platform, steps, more]: Case): string | null {
  const requirement = requirementOf(id)
  if (requirement === undefined) throw new Error(`no requirement ${id}`)
  const description = phoneDescription(platform, more)
  expect(exemption(requirement, description)).toBe(null)
  const found = check(requirement, factsOf(historyOf(...steps), description), description)
  return found.is === 'held' ? null : found.is === 'broken' ? found.breach.kind : `no ${found.missing}`
}

describe('each row of phones holds where all is well', () => {
  const cases: readonly Case[] = [
    ['ENR-01', 'android', [put(), finger, invalid]],
    ['ENR-01', 'ios', [put(), nobody, read(fail('not-enrolled'))]],
    ['ENR-02', 'ios', [put(), finger, invalid]],
    ['ENR-03', 'android', [put(), finger, invalid]],
    ['ENR-04', 'android', [put(), finger, put(), got]],
    ['ENR-05', 'android', [finger, put(), fewer, got]],
    ['ENR-05', 'ios', [finger, put(), fewer, invalid]],
    ['ENR-05', 'android', [mute, finger, put(), fewer, read(fail('auth-failed'), ...asked)]],
    ['ENR-06', 'android', [put(), noLock, read(fail('no-screen-lock'))]],
    ['ENR-07', 'ios', [put(), system, got]],
    ['ENR-08', 'android', [finger, put(), got]],
    ['ENR-09', 'android', [free, noLock, read(gave(1))]],
    ['ENR-09', 'ios', [put(), proven, got]],
    ['ENR-10', 'android', [late, put(), finger, read(fail('key-invalidated'), ...asked)]],
    ['ENR-11', 'android', [put(), got, finger, counted(available('available'), 2, 2)]],
    ['ENR-12', 'ios', [any, finger, got]],
    ['ENR-13', 'android', [put(), strongFace, invalid]],
    ['ENR-13', 'android', [put(), weakFace, got]],
    ['LOCK-01', 'android', [put(), out, read(fail('locked-out-temporary')), later, got]],
    ['LOCK-02', 'android', [put(), outForGood, read(fail('locked-out-permanent'))]],
    ['LOCK-03', 'ios', [put(), read(fail('auth-failed'), 'shown', 'missed', 'exhausted')]],
    ['LOCK-04', 'android', [credential, nobody, got]],
    ['LOCK-04', 'ios', [noLock, put(fail('no-screen-lock'))]],
    ['LOCK-05', 'android', [put(), read(gave(1), 'shown', 'missed', 'matched')]],
    ['LOCK-06', 'android', [put(), got]],
    ['LOCK-06', 'ios', [put(), authenticates(ok, ...asked)]],
    ['LOCK-07', 'android', [put(), read(fail('auth-failed'), 'shown', 'forged')]],
    ['LOCK-08', 'android', [put(), got, read(fail('user-cancelled'), 'shown', 'dismissed')]],
    ['LOCK-08', 'ios', [authenticates(ok, ...asked), authenticates(fail('timeout'), 'shown', 'timed-out')]],
    ['LOCK-09', 'android', [put(), got]],
    ['LOCK-10', 'android', [put(), nobody, available('not-enrolled')]],
    ['LOCK-10', 'ios', [put(), outForGood, available('locked-out')]],
    ['LOCK-11', 'android', [put(), got]],
    ['LOCK-12', 'android', [put(), got]],
    ['BOOT-01', 'ios', [put(), boot, read(fail('device-locked'))]],
    ['BOOT-02', 'ios', [put(), boot, read(fail('device-locked')), unlock, got]],
    ['BOOT-03', 'android', [put(), boot, read(fail('device-locked'))]],
    ['BOOT-05', 'android', [put(), boot, unlock, got]],
    ['BKP-01', 'android', [put(), withBackup, backup(2), read(fail('corrupt'))]],
    ['BKP-01', 'android', [put(), withBackup, backup(0), absent]],
    ['BKP-02', 'android', [put(), got, withBackup, backup(0)]],
    ['BKP-03', 'android', [put(), finger, counted(invalid, 2, 2)]],
    ['BKP-04', 'android', [put(), withBackup, backup(2), put(), got]],
    ['BKP-05', 'android', [put(), otherPhone, backup(2), invalid]],
    ['CONC-09', 'android', [put(), read(fail('system-cancelled'), 'shown', away, 'system-cancelled')]],
    ['CONC-10', 'android', [put(), read(fail('system-cancelled'), 'shown', away, 'system-cancelled'), got]],
    ['CONC-10', 'ios', [put(), read(fail('system-cancelled'), 'shown', away, 'system-cancelled'), removed]],
    ['CONC-11', 'android', [put(), got]],
    ['CONC-12', 'android', [put(), read(gave(1), 'shown', turn, 'matched')]],
    ['CONC-12', 'ios', [put(), read(killed, 'shown', kill, 'lost'), got]],
    ['ERR-01', 'android', [put(), nobody, any, put(fail('not-enrolled')), language, put(fail('not-enrolled'))]],
    ['ERR-02', 'android', [put(), read(native('auth-failed', { code: 3 }), ...asked)], numbers],
    ['ERR-03', 'android', [put(), read(fail('timeout'), 'shown', 'timed-out')]],
    ['ERR-03', 'ios', [put(), read(fail('auth-failed'), 'shown', 'missed', 'exhausted')]],
    ['ERR-04', 'android', [put(), read(native('auth-failed', { type: 'java.security.KeyStoreException' }), ...asked)]],
    ['ERR-08', 'android', [free, nobody, put(fail('not-enrolled'))]],
    ['PST-03', 'android', [put(), app, got]],
    ['PST-04', 'ios', [put(), again, got]],
    ['PST-04', 'android', [put(), again, absent]],
    ['PST-05', 'ios', [put(), boot, available('available'), unlock, got]],
    ['PST-07', 'android', [breaking, put(), system, read(fail('hardware-unavailable'))]],
    ['TXN-03', 'android', [put(), kill, got]],
    ['TXN-06', 'android', [put(), counted(removed, 2, 0)]],
  ]
  it.each(cases.map((one) => [`${one[0]} on ${one[1]}`, one] as const))('%s, case %#', (_, one) => {
    expect(finding(one)).toBe(null)
  })
})

describe('each row of phones breaks where its bug shows', () => {
  const cases: readonly (readonly [kind: string, ...of: Case])[] = [
    ['get-stuck', 'ENR-01', 'android', [put(), finger, read(stuck)]],
    ['get-not-found', 'ENR-01', 'android', [put(), finger, absent]],
    ['get-internal', 'ENR-01', 'ios', [put(), finger, read(fail('internal'))]],
    ['get-not-found', 'ENR-02', 'ios', [put(), finger, absent]],
    [
      'exhausted-prompt-key-invalidated',
      'ERR-03',
      'ios',
      [put(), read(fail('key-invalidated'), 'shown', 'missed', 'exhausted')],
    ],
    ['value', 'ENR-03', 'android', [put(), finger, got]],
    ['value', 'ENR-03', 'ios', [put(), nobody, got]],
    ['put-key-invalidated', 'ENR-04', 'android', [put(), finger, put(fail('key-invalidated'))]],
    ['get-key-invalidated', 'ENR-05', 'android', [finger, put(), fewer, invalid]],
    ['value', 'ENR-05', 'ios', [finger, put(), fewer, got]],
    ['get-not-found', 'ENR-06', 'android', [put(), noLock, absent]],
    ['get-key-invalidated', 'ENR-07', 'ios', [put(), system, invalid]],
    ['get-key-invalidated', 'ENR-08', 'android', [finger, put(), invalid]],
    ['get-not-found', 'ENR-09', 'android', [free, noLock, absent]],
    ['get-auth-failed', 'ENR-10', 'android', [late, put(), finger, read(fail('auth-failed'), ...asked)]],
    ['prompt', 'ENR-11', 'android', [put(), finger, counted(call({ op: 'availability' }, ok, ...asked), 2, 2)]],
    ['get-key-invalidated', 'ENR-12', 'android', [any, finger, invalid]],
    ['value', 'ENR-13', 'android', [put(), strongFace, got]],
    ['get-key-invalidated', 'ENR-13', 'android', [put(), weakFace, invalid]],
    ['get-stuck', 'LOCK-01', 'android', [put(), out, read(stuck)]],
    ['get-locked-out-temporary', 'LOCK-01', 'android', [put(), out, later, read(fail('locked-out-temporary'))]],
    ['get-locked-out-temporary', 'LOCK-02', 'android', [put(), outForGood, read(fail('locked-out-temporary'))]],
    ['get-internal', 'LOCK-03', 'ios', [put(), outForGood, read(fail('internal'))]],
    ['get-not-enrolled', 'LOCK-04', 'ios', [credential, nobody, read(fail('not-enrolled'))]],
    ['put-not-enrolled', 'LOCK-04', 'ios', [nobody, put(fail('not-enrolled'), 'device-credential')]],
    ['put-internal', 'LOCK-04', 'android', [noLock, put(fail('internal'))]],
    ['get-auth-failed', 'LOCK-05', 'android', [put(), read(fail('auth-failed'), 'shown', 'missed')]],
    ['unasked', 'LOCK-06', 'android', [put(), read(gave(1))]],
    ['unasked', 'LOCK-06', 'android', [authenticates(ok)]],
    ['opened', 'LOCK-07', 'android', [put(), read(gave(1), 'shown', 'forged')]],
    ['opened', 'LOCK-07', 'ios', [authenticates(ok, 'shown', 'forged')]],
    ['opened', 'LOCK-08', 'android', [put(), read(gave(1), 'shown', 'dismissed')]],
    ['opened', 'LOCK-08', 'ios', [put(), read(gave(1), 'shown', 'missed', 'exhausted')]],
    ['opened', 'LOCK-08', 'android', [authenticates(ok, 'shown', 'button')]],
    ['put-asked', 'LOCK-09', 'android', [put(ok, 'current-set', ...asked)]],
    ['available', 'LOCK-10', 'android', [put(), nobody, available('available')]],
    ['asked-again', 'LOCK-11', 'android', [put(), read(gave(1), ...asked, ...asked)]],
    ['asked-after-refusal', 'LOCK-11', 'ios', [put(), read(gave(1), 'shown', 'dismissed', ...asked)]],
    ['BiometricPrompt.authenticate', 'LOCK-12', 'android', [put(), misuse]],
    ['get-not-found', 'BOOT-01', 'ios', [put(), boot, absent]],
    ['get-not-found', 'BOOT-02', 'ios', [put(), boot, read(fail('device-locked')), unlock, absent]],
    ['get-internal', 'BOOT-03', 'android', [put(), boot, read(fail('internal'))]],
    ['get-device-locked', 'BOOT-05', 'android', [put(), boot, unlock, read(fail('device-locked'))]],
    ['get-not-found', 'BKP-01', 'android', [put(), withBackup, backup(2), absent]],
    ['backed-up', 'BKP-02', 'android', [put(), withBackup, backup(2)]],
    ['fewer', 'BKP-03', 'android', [put(), finger, counted(invalid, 2, 0)]],
    ['put-internal', 'BKP-04', 'android', [put(), withBackup, backup(2), put(fail('internal'))]],
    ['value', 'BKP-05', 'ios', [put(), otherPhone, backup(2), got]],
    ['stuck', 'CONC-09', 'android', [put(), read(stuck, 'shown', away, 'system-cancelled')]],
    ['ended', 'CONC-10', 'android', [put(), { probe: 'ended' }]],
    [
      'stuck',
      'CONC-10',
      'ios',
      [put(), read(fail('system-cancelled'), 'shown', away, 'system-cancelled'), call({ op: 'list' }, stuck)],
    ],
    ['stuck', 'CONC-10', 'android', [put(), read(gave(1), 'shown', turn, 'matched'), call({ op: 'list' }, stuck)]],
    ['held', 'CONC-11', 'ios', [put(), got, { probe: 'main-thread-held' }]],
    ['get-stuck', 'CONC-12', 'android', [put(), read(stuck, 'shown', turn)]],
    ['get-busy', 'CONC-12', 'android', [put(), read(killed, 'shown', kill, 'lost'), read(fail('busy'))]],
    ['by-text', 'ERR-01', 'android', [put()], textual],
    ['by-language', 'ERR-01', 'android', [nobody, put(fail('not-enrolled')), language, put(fail('internal'))]],
    ['any 3', 'ERR-02', 'android', [put(), read(native('internal', { code: 3 }), ...asked)], numbers],
    ['get-internal', 'ERR-02', 'android', [put(), read(fail('internal'), 'shown', 'dismissed')]],
    ['timed-out-prompt-auth-failed', 'ERR-03', 'android', [put(), read(fail('auth-failed'), 'shown', 'timed-out')]],
    ['bare', 'ERR-04', 'android', [put(), read(native('internal', { type: 'Exception' }), ...asked)]],
    ['threw', 'ERR-04', 'ios', [put(), read(threw, ...asked)]],
    ['put-no-hardware', 'ERR-08', 'android', [nobody, put(fail('no-hardware'))]],
    ['get-not-found', 'PST-03', 'android', [put(), app, absent]],
    ['get-internal', 'PST-04', 'ios', [put(), again, read(fail('internal'))]],
    ['put-internal', 'PST-04', 'ios', [put(), again, put(fail('internal'))]],
    ['get-not-found', 'PST-05', 'ios', [put(), boot, available('available'), unlock, absent]],
    ['get-key-invalidated', 'PST-07', 'android', [breaking, put(), system, invalid]],
    ['missing', 'TXN-03', 'android', [put(), kill, absent]],
    ['unfinished', 'TXN-03', 'android', [put(ok, 'current-set', 'shown')]],
    ['kept', 'TXN-06', 'android', [put(), counted(removed, 2, 2)]],
  ]
  it.each(cases.map((one) => [`${one[1]} on ${one[2]}: ${one[0]}`, one] as const))(
    '%s, case %#',
    (_, [kind, ...one]) => {
      expect(finding(one)).toBe(kind)
    },
  )
  it('a quirk that is only reported decides nothing', () => {
    expect(finding(['ENR-03', 'android', [unnoticed, put(), finger, got]])).toBe('no situation')
  })
  it('a deletion that fails half-way may have taken what it was to take', () => {
    const failed = call({ op: 'delete', name: 'a' }, fail('internal'))
    expect(finding(['BOOT-02', 'android', [put(), boot, failed, unlock, absent]])).toBe('no situation')
    const refused = call({ op: 'delete', name: 'a' }, fail('device-locked'))
    expect(finding(['BOOT-02', 'android', [put(), boot, refused, unlock, absent]])).toBe('get-not-found')
  })
  it('a lockout while a call is in flight is told of no later call', () => {
    const during = read(fail('locked-out-temporary'), 'shown', out)
    expect(finding(['LOCK-01', 'android', [put(), during]])).toBe('no situation')
  })
  it('two calls in one instant, of which one gets the answer of the other', () => {
    const one = (name: string) => ({ op: 'get', name }) as const
    const other = (name: string, canary: number) => call({ op: 'put', name, value: value(canary) }, ok)
    const { events, ...rest } = historyOf(
      other('x', 1),
      other('y', 2),
      call(one('x'), gave(2)),
      call(one('y'), gave(2)),
    )
    const [invokeX, returnX, invokeY, returnY] = events.slice(4)
    const turned = [...events.slice(0, 4), invokeX, invokeY, returnX, returnY].map((event, seq) => ({ ...event, seq }))
    const description = phoneDescription('android')
    const requirement = requirementOf('CONC-01')
    if (requirement === undefined) throw new Error('no CONC-01')
    const facts = factsOf({ ...rest, events: turned as typeof events }, description)
    expect(check(requirement, facts, description)).toMatchObject({ is: 'broken', fingerprint: 'CONC-01/crossed' })
    expect(facts.of('ordinary-read').filter(({ call }) => call?.deviation === 'foreign')).toEqual([])
  })
})
