import { type Calls, calls, controlsOf, programs } from './commands.ts'
import { act, isPhone, onPhone, whole } from './phone-controls.ts'
import type { Ground, Scenario } from './scenario.ts'

/** The prompt of one call ends in every way. A miss first, so that what follows meets a prompt that is up. */
function stories(ground: Ground) {
  const one = { names: ['a'] }
  const asking = { ...one, access: ['current-set', 'any-enrolled'] as const }
  const put = calls(ground, { ...asking, weights: { put: 1 } })
  const begun = (weights: Calls['weights']) => calls(ground, { ...asking, weights, start: 'always' })
  const reads = begun({ get: 1, authenticate: 1 })
  const asks = begun({ get: 2, put: 1, authenticate: 2 })
  const get = calls(ground, { ...one, weights: { get: 1, authenticate: 1 } })
  const touch = (which: 'right' | 'wrong') => act(ground, 'touch', { finger: [which] })
  const wrong = touch('wrong')
  const right = touch('right')
  const dismissal = act(ground, 'cancel-prompt', { by: ['dismissal'] })
  const button = act(ground, 'cancel-prompt', { by: ['button'] })
  const expiry = act(ground, 'time-out-prompt')
  const away = act(ground, 'leave-app')
  const language = act(ground, 'change-language')
  const kill = controlsOf(ground, { 'kill-app': 1 })
  const lockUnlock = [act(ground, 'lock-screen'), act(ground, 'unlock-screen')]
  // A gate has nothing to put.
  const kept = ground.description.operations.includes('put') ? [put] : []
  return whole([
    [...kept, reads, wrong, right, get],
    [...kept, asks, wrong, wrong, right, get],
    [...kept, asks, dismissal, get],
    [...kept, asks, button, get],
    [...kept, asks, expiry, get],
    [...kept, asks, away, get],
    [...kept, asks, wrong, act(ground, 'rotate'), right, get],
    [...kept, asks, wrong, kill, get],
    [...kept, asks, wrong, ...lockUnlock, get],
    [...kept, reads, dismissal, language, reads, dismissal],
    [...kept, reads, expiry, language, reads, expiry],
    [...kept, language, asks, [...dismissal, ...expiry, ...away]],
    [...kept, reads, wrong, wrong, wrong, get],
    [onPhone(ground), ...kept, get],
  ])
}

/** A person who misses, cancels, waits, leaves and turns the phone. */
export const prompting: Scenario = {
  id: 'prompting',
  about: 'prompts are missed, dismissed, left alone and taken away, in two languages',
  reaches: [
    'missed-then-matched',
    'prompted-read',
    'unmatched-read',
    'gated',
    'write-prompts',
    'left-while-prompting',
    'turned-while-prompting',
    'call-after-navigation',
    'ended-by-itself',
    'main-thread-while-asking',
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
  ],
  share: 3,
  fits: isPhone,
  program: (ground) => {
    const all = stories(ground)
    return programs(
      ground,
      [
        ...calls(ground, { names: ['a', 'b'], weights: { put: 4, get: 6, authenticate: 6, delete: 1 }, start: 2 }),
        ...act(ground, 'touch', { finger: ['right', 'wrong'] }, 6),
        ...act(ground, 'cancel-prompt', { by: ['dismissal', 'button'] }, 2),
        ...act(ground, 'time-out-prompt'),
        ...act(ground, 'leave-app'),
        ...act(ground, 'rotate'),
        ...act(ground, 'forge-match'),
        ...act(ground, 'lock-screen'),
        ...act(ground, 'unlock-screen', {}, 2),
        ...act(ground, 'advance-clock', { by: [1, 10, 31_000] }, 2),
        ...act(ground, 'change-language'),
        ...controlsOf(ground, { 'kill-app': 1 }, true),
      ],
      all,
      Math.ceil(all.length / 3),
    )
  },
}
