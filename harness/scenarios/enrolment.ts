import { calls, controlsOf, programs } from './commands.ts'
import { act, isPhone, onPhone, whole } from './phone-controls.ts'
import type { Scenario } from './scenario.ts'
import { storiesOfEnrolment } from './stories-of-enrolment.ts'
import { storiesOfLockout } from './stories-of-lockout.ts'
import { storiesOfScreenLock } from './stories-of-screen-lock.ts'

/** Who may open what, while that changes: fingers and faces, the phone's own PIN, and a sensor that locks itself. */
export const enrolment: Scenario = {
  id: 'enrolment',
  about:
    'fingers, faces and the screen lock are enrolled, changed and removed, and the sensor is locked out, between calls and while they ask the person',
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
    'forged-match',
    'prompted-read',
    'unmatched-read',
    'gated',
    'write-prompts',
    'read-after-lock-change',
    'read-after-proven-lock-change',
    'unbound-read-after-lock-change',
    'read-without-lock',
    'read-without-fingers',
    'read-while-locked-out',
    'read-while-locked-out-for-good',
    'read-after-lockout',
    'exhausted-prompt',
    'told-in-another-language',
    'failed-with-identity',
    'read-after-system-update',
  ],
  share: 8,
  fits: isPhone,
  program: (ground) => {
    const stories = whole([...storiesOfEnrolment(ground), ...storiesOfLockout(ground), ...storiesOfScreenLock(ground)])
    return programs(
      ground,
      [
        ...calls(ground, {
          names: ['a', 'a', 'b'],
          weights: { put: 5, get: 7, authenticate: 6, availability: 1, reset: 1 },
          start: 1,
        }),
        ...act(ground, 'enrol', { what: ['finger', 'finger', 'strong-face', 'weak-face'] }, 4),
        ...act(ground, 'unenrol', { which: ['one', 'one', 'all'] }, 2),
        ...act(ground, 'touch', { finger: ['right', 'wrong', 'wrong'] }, 5),
        ...act(ground, 'lock-out', { how: ['temporary', 'permanent'] }),
        ...act(ground, 'change-screen-lock', { old: ['proven', 'unproven'] }),
        ...act(ground, 'remove-screen-lock'),
        ...act(ground, 'set-screen-lock', {}, 2),
        ...act(ground, 'lock-screen'),
        ...act(ground, 'unlock-screen', {}, 2),
        ...act(ground, 'advance-clock', { by: [1, 31_000] }),
        ...act(ground, 'change-language'),
        ...onPhone(ground),
        ...controlsOf(ground, { 'kill-app': 1 }, true),
      ],
      stories,
      Math.ceil(stories.length / 3),
    )
  },
}
