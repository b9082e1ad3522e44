import { type Calls, calls, controlsOf, programs } from './commands.ts'
import { act, whole } from './phone-controls.ts'
import type { Ground, Scenario } from './scenario.ts'

const one = { names: ['a'] }

/** A locked keyring, a call that needs it, and what the person does about its prompt. */
function stories(ground: Ground) {
  const lifecycle = ground.description.profiles.includes('lifecycle')
  const call = (weights: Calls['weights'], start: Calls['start'] = 0) => calls(ground, { ...one, weights, start })
  const put = call({ put: 1 })
  const get = call({ get: 1 })
  const open = call({ unlock: 1 })
  const write = call({ put: 2, delete: 1 })
  const needs = lifecycle ? { put: 2, delete: 1 } : { get: 3, put: 2, has: 1, list: 1, delete: 1 }
  const use = call(needs)
  const begun = call(needs, 'always')
  const begunOpen = call({ unlock: 1 }, 'always')
  const lock = controlsOf(ground, { 'lock-keyring': 1 })
  const unlock = controlsOf(ground, { 'unlock-keyring': 1 })
  const close = [...call({ lock: 1 }), ...controlsOf(ground, { 'kill-app': 1 })]
  const dismiss = act(ground, 'cancel-prompt', { by: ['dismissal'] })
  const alone = act(ground, 'time-out-prompt')
  const closed = [
    [put, close, lock, open, get],
    [put, close, lock, begunOpen, dismiss, open, get],
    [put, close, lock, begunOpen, alone, open, get],
    [put, close, lock, begunOpen, dismiss, unlock, open, get],
  ]
  return whole([
    [put, lock, use, get],
    [put, lock, write, get],
    [put, lock, begun, dismiss, use, get],
    [put, lock, begun, dismiss, unlock, use, get],
    [put, lock, begun, alone, use, get],
    [put, lock, begun, alone],
    [put, lock, begun, begun, [...dismiss, ...alone], unlock, get],
    ...(lifecycle ? closed : []),
  ])
}

/** A person in front of a keyring's prompt, of a vault that asks. */
export const unlocking: Scenario = {
  id: 'unlocking',
  about: 'the keyring is locked, and its prompts are answered, dismissed and left alone',
  reaches: [
    'unlock-answered',
    'unlock-dismissed',
    'call-after-dismissed-unlock',
    'call-while-locked',
    'existing-while-locked',
  ],
  fits: ({ controls, description }) =>
    controls.has('cancel-prompt') &&
    controls.has('lock-keyring') &&
    (description.platform ?? 'desktop') === 'desktop' &&
    description.keyringPrompts === 'asks',
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, {
          names: ['a', 'a', 'b'],
          weights: { put: 5, get: 5, delete: 1, has: 1, list: 1, unlock: 6, lock: 2 },
          start: 1,
        }),
        ...controlsOf(ground, { 'lock-keyring': 5, 'unlock-keyring': 1, 'restart-keyring': 1, 'kill-app': 1 }, true),
        ...act(ground, 'cancel-prompt', { by: ['dismissal'] }, 3),
        ...act(ground, 'time-out-prompt', {}, 2),
      ],
      stories(ground),
    ),
}
