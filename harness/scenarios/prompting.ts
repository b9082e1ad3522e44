import { type Calls, calls, controlsOf, programs } from './commands.ts'
import { act, isPhone, onPhone, whole } from './phone-controls.ts'
import type { Ground, Scenario } from './scenario.ts'

/** The prompt ends in every way; the sensor locks out; two calls want it at once. */
function stories(ground: Ground) {
  const call = (weights: Calls['weights']) => calls(ground, { names: ['a'], weights })
  const begun = (weights: Calls['weights']) => calls(ground, { names: ['a', 'b'], weights, start: 'always' })
  const put = call({ put: 1 })
  const get = call({ get: 1, authenticate: 1 })
  const asks = begun({ get: 3, put: 1, authenticate: 3 })
  const reads = begun({ get: 1, authenticate: 1 })
  const read = calls(ground, { names: ['a'], weights: { get: 1, authenticate: 1 }, start: 'always' })
  const touch = (which: 'right' | 'wrong') => act(ground, 'touch', { finger: [which] })
  const wrong = touch('wrong')
  const dismissal = act(ground, 'cancel-prompt', { by: ['dismissal', 'button'] })
  const expiry = act(ground, 'time-out-prompt')
  const away = act(ground, 'leave-app')
  const forged = act(ground, 'forge-match')
  const wait = act(ground, 'advance-clock', { by: [31_000, 60_000] })
  const tick = act(ground, 'advance-clock', { by: [10] })
  const locked = act(ground, 'lock-out', { how: ['temporary'] })
  const lockedForGood = act(ground, 'lock-out', { how: ['permanent'] })
  const language = act(ground, 'change-language')
  const kill = controlsOf(ground, { 'kill-app': 1 })
  const ends = [...dismissal, ...expiry, ...away]
  const lockUnlock = [act(ground, 'lock-screen'), act(ground, 'unlock-screen')]
  const ask = call({ availability: 1 })
  const usual = [
    [put, reads, wrong, touch('right'), get],
    [reads, wrong, touch('right')],
    [put, asks, wrong, wrong, touch('right'), get],
    // Whoever is recognised must have been answered before another call begins: such stories end there.
    [put, read, wrong, touch('right')],
    [put, get, read, forged],
    [put, read, wrong, act(ground, 'rotate')],
    [put, read, ends],
    [put, asks, dismissal, get],
    [put, asks, expiry, get],
    [put, asks, away, get],
    [put, asks, act(ground, 'rotate'), touch('right'), get],
    [put, asks, kill, get],
    [put, asks, ...lockUnlock, get],
    [put, reads, forged, get],
    [reads, forged],
    [put, locked, get, wait, get],
    [put, lockedForGood, get, ...lockUnlock, get],
    [locked, get],
    [lockedForGood, get],
    [put, reads, wrong, wrong, wrong, wrong, wrong, get, wait, get],
    [locked, ask, wait, ask],
    [put, asks, asks, get],
    [put, asks, asks, asks, get],
    [put, asks, tick, asks, get],
    [put, asks, get, get],
    [put, asks, dismissal, language, asks, dismissal],
    [put, asks, expiry, language, asks, expiry],
    [put, language, asks, ends],
    [put, language, lockedForGood, get],
    [put, lockedForGood, get, language, get],
    [lockedForGood, put, language, put],
    [onPhone(ground), put, get],
  ]
  return whole(usual)
}

/** A person who misses, cancels, waits, leaves, turns the phone or is locked out; and one who was never there. */
export const prompting: Scenario = {
  id: 'prompting',
  about: 'prompts are missed, dismissed, left alone, taken away and forged; the sensor locks out; calls overlap',
  reaches: [
    'missed-then-matched',
    'prompted-read',
    'forged-match',
    'gated',
    'write-prompts',
    'read-while-locked-out',
    'read-while-locked-out-for-good',
    'read-after-lockout',
    'calls-in-one-instant',
    'left-while-prompting',
    'turned-while-prompting',
    'asked-after-death',
    'dismissed-prompt',
    'button-of-prompt',
    'timed-out-prompt',
    'system-cancelled-prompt',
    'exhausted-prompt',
    'told-in-another-language',
    'failed-with-identity',
    'table-declared',
    'rule-of-platform',
    'overlapping-calls',
    'availability-told',
  ],
  fits: isPhone,
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, {
          names: ['a', 'b'],
          weights: { put: 4, get: 6, authenticate: 6, availability: 1, delete: 1 },
          start: 2,
        }),
        ...act(ground, 'touch', { finger: ['right', 'wrong'] }, 6),
        ...act(ground, 'cancel-prompt', { by: ['dismissal', 'button'] }, 2),
        ...act(ground, 'time-out-prompt'),
        ...act(ground, 'leave-app'),
        ...act(ground, 'rotate'),
        ...act(ground, 'forge-match'),
        ...act(ground, 'lock-out', { how: ['temporary', 'permanent'] }),
        ...act(ground, 'lock-screen'),
        ...act(ground, 'unlock-screen', {}, 2),
        ...act(ground, 'advance-clock', { by: [1, 10, 31_000] }, 2),
        ...act(ground, 'change-language'),
        ...controlsOf(ground, { 'kill-app': 1 }, true),
      ],
      stories(ground),
    ),
}
