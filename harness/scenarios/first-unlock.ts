import { type Calls, calls, controlsOf, programs } from './commands.ts'
import { act, isPhone, onPhone, whole } from './phone-controls.ts'
import type { Ground, Scenario } from './scenario.ts'

function stories(ground: Ground) {
  const call = (weights: Calls['weights']) => calls(ground, { names: ['a'], weights })
  const put = call({ put: 1 })
  const get = call({ get: 1 })
  const boot = act(ground, 'reboot', { unlocked: [false] })
  const unlock = act(ground, 'unlock-screen')
  const phone = onPhone(ground)
  return whole([
    [put, boot, get],
    [put, boot, unlock, get],
    [put, boot, get, unlock, get],
    [phone, put, boot, get, unlock, get],
    [phone, put, boot, get, get, unlock, get],
    [put, boot, call({ put: 1, delete: 1, has: 1, list: 1 }), unlock, get],
    [put, boot, call({ availability: 2, list: 1 }), unlock, get],
    [put, act(ground, 'reboot', { unlocked: [true] }), get],
    [put, act(ground, 'advance-clock', { by: [10, 60_000] }), act(ground, 'reboot', { unlocked: [true] }), get],
    [put, act(ground, 'lock-screen'), get, unlock, get],
  ])
}

/** A phone that restarts, an app that starts before anybody unlocked it, and a screen that locks. */
export const firstUnlock: Scenario = {
  id: 'first-unlock',
  about: 'the phone restarts and the app runs before the first unlock; the screen is locked and unlocked',
  reaches: ['read-before-first-unlock', 'read-after-first-unlock', 'read-after-early-read', 'read-after-early-start'],
  fits: (ground) => isPhone(ground) && ground.controls.has('reboot'),
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, {
          names: ['a', 'a', 'b'],
          weights: { put: 4, get: 6, delete: 1, has: 1, list: 1, availability: 2 },
        }),
        ...act(ground, 'reboot', { unlocked: [false, false, true] }, 2),
        ...act(ground, 'unlock-screen', {}, 4),
        ...act(ground, 'lock-screen'),
        ...onPhone(ground),
        ...controlsOf(ground, { 'kill-app': 1 }),
      ],
      stories(ground),
    ),
}
