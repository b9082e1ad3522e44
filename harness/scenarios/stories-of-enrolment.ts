import type { AccessPolicy } from '../contract/operations.ts'
import { type Calls, calls, type StoryStep } from './commands.ts'
import { act, onPhone } from './phone-controls.ts'
import type { Ground } from './scenario.ts'

/** One finger more, one less, none, or another face: before, between and in the middle of calls. */
export function storiesOfEnrolment(ground: Ground): readonly (readonly StoryStep[])[] {
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
  const face = (...what: readonly [string, ...string[]]) => act(ground, 'enrol', { what })
  const fewer = act(ground, 'unenrol', { which: ['one'] })
  const nobody = act(ground, 'unenrol', { which: ['all'] })
  const touch = (which: 'right' | 'wrong') => act(ground, 'touch', { finger: [which] })
  const phone = onPhone(ground)
  const muted = onPhone(ground, 'android-q1-removed-finger')
  const late = onPhone(ground, 'android-q2-late-invalidation')
  return [
    [bound, finger, get],
    [loose, finger, get],
    [phone, put, finger, get],
    [bound, finger, get, put, get],
    [bound, finger, bound, get],
    [bound, bound],
    [finger, bound, get],
    [put, finger, put, get],
    [finger, bound, fewer, get],
    [phone, finger, put, fewer, get],
    [put, nobody, get],
    [bound, nobody, finger, get],
    [loose, nobody, finger, get],
    [nobody, put, ask],
    [nobody, face('weak-face'), ask],
    [bound, face('strong-face', 'weak-face'), get],
    [bound, face('strong-face'), get],
    [loose, face('strong-face', 'weak-face'), get],
    [put, finger, ask, get],
    [ask, finger, ask],
    [nobody, ask, finger, ask],
    [late, bound, finger, get],
    [muted, finger, bound, fewer, get],
    [bound, act(ground, 'update-system'), get],
    [put, begun({ get: 1 }), finger, get],
    [put, begun({ get: 1 }), touch('wrong'), touch('right'), get],
    [put, begun({ get: 1 }), touch('wrong'), finger, get],
    [put, begun({ put: 1 }), finger, get, get],
    [put, begun({ get: 1, put: 1 }), call({ get: 1, put: 1 }), get],
  ]
}
