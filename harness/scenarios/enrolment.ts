import type { AccessPolicy } from '../contract/operations.ts'
import { type Calls, calls, controlsOf, programs } from './commands.ts'
import { act, isPhone, onPhone, whole } from './phone-controls.ts'
import type { Ground, Scenario } from './scenario.ts'

function stories(ground: Ground) {
  const one = { names: ['a'] }
  const call = (weights: Calls['weights'], access?: readonly AccessPolicy[]) =>
    calls(ground, { ...one, weights, ...(access === undefined ? {} : { access }) })
  const begun = (weights: Calls['weights']) => calls(ground, { ...one, weights, start: 'always' })
  const bound = call({ put: 1 }, ['current-set'])
  const loose = call({ put: 1 }, ['any-enrolled', 'device-credential', 'none'])
  const put = call({ put: 1 })
  const get = call({ get: 1 })
  const ask = call({ availability: 1 })
  const finger = act(ground, 'enrol', { what: ['finger'] })
  const face = act(ground, 'enrol', { what: ['strong-face', 'weak-face'] })
  const fewer = act(ground, 'unenrol', { which: ['one'] })
  const nobody = act(ground, 'unenrol', { which: ['all'] })
  const touch = (which: 'right' | 'wrong') => act(ground, 'touch', { finger: [which] })
  const phone = onPhone(ground)
  const muted = onPhone(ground, 'android-q1-removed-finger')
  const late = onPhone(ground, 'android-q2-late-invalidation')
  return whole([
    [bound, finger, get],
    [loose, finger, get],
    [phone, put, finger, get],
    [bound, finger, get, put, get],
    [bound, finger, put, get],
    [finger, put, get],
    [put, finger, put, get],
    [finger, bound, fewer, get],
    [phone, finger, put, fewer, get],
    [put, nobody, get],
    [bound, nobody, finger, get],
    [loose, nobody, finger, get],
    [nobody, put, ask],
    [bound, face, get],
    [loose, face, get],
    [put, finger, ask, get],
    [ask, finger, ask],
    [nobody, ask, finger, ask],
    [late, bound, finger, get],
    [muted, finger, bound, fewer, get],
    [put, begun({ get: 1 }), finger, get],
    [put, begun({ get: 1 }), touch('wrong'), touch('right'), get],
    [put, begun({ get: 1 }), touch('wrong'), finger, get],
    [put, begun({ put: 1 }), finger, get, get],
    [put, begun({ get: 1, put: 1 }), call({ get: 1, put: 1 }), get],
  ])
}

/** One finger more, one less, none, or another face: before, between and in the middle of calls. */
export const enrolment: Scenario = {
  id: 'enrolment',
  about: 'fingers and faces are enrolled and removed between calls and while they ask the person',
  reaches: [
    'read-after-enrolment',
    'late-invalidation',
    'read-after-fewer-fingers',
    'read-after-no-fingers',
    'read-after-weak-face',
    'read-after-other-strong-face',
    'read-any-after-enrolment',
    'read-of-late-entry',
    'write-after-invalidation',
    'enrolment-probe',
    'availability-told',
    'availability-probe',
    'refused-read',
    'write-without-fingers',
    'missed-then-matched',
  ],
  share: 4,
  fits: isPhone,
  program: (ground) => {
    const all = stories(ground)
    return programs(
      ground,
      [
        ...calls(ground, {
          names: ['a', 'a', 'b'],
          weights: { put: 5, get: 7, availability: 1, reset: 1 },
          start: 1,
        }),
        ...act(ground, 'enrol', { what: ['finger', 'finger', 'strong-face', 'weak-face'] }, 4),
        ...act(ground, 'unenrol', { which: ['one', 'one', 'all'] }, 2),
        ...act(ground, 'touch', { finger: ['right', 'wrong'] }, 3),
        ...onPhone(ground),
        ...controlsOf(ground, { 'kill-app': 1 }, true),
      ],
      all,
      Math.ceil(all.length / 3),
    )
  },
}
