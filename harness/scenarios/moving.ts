import { type Calls, calls, controlsOf, programs, rounds, strikes } from './commands.ts'
import { act, isPhone, onPhone, whole } from './phone-controls.ts'
import type { Ground, Scenario } from './scenario.ts'

function stories(ground: Ground) {
  const call = (weights: Calls['weights']) => calls(ground, { names: ['a'], weights })
  const put = call({ put: 1 })
  const get = call({ get: 1 })
  // Under which policy an entry is after a killed change of it, nobody knows.
  const [policy] = ground.description.biometric?.policies ?? []
  const same = policy === undefined ? put : calls(ground, { names: ['a'], weights: { put: 1 }, access: [policy] })
  const away = call({ delete: 1 })
  const again = act(ground, 'reinstall', { backup: [true, false] })
  const withBackup = act(ground, 'reinstall', { backup: [true] })
  const other = act(ground, 'change-phone')
  const system = act(ground, 'update-system')
  const next = (weights: Calls['weights']) => calls(ground, { names: ['b'], weights })
  const [putNext, awayNext] = [next({ put: 1 }), next({ delete: 1 })]
  const killed = controlsOf(ground, { 'kill-app': 1 }, true)
  const breaking = onPhone(ground, 'android-q3-update-breaks-keys')
  return whole([
    [put, again, get],
    [put, withBackup, get],
    [put, withBackup, put, get],
    [put, again, get, put, get],
    [put, other, get],
    [put, other, put, get],
    [put, other, get, put, get],
    [put, act(ground, 'clear-data'), get, put, get],
    [put, act(ground, 'update-app'), get],
    [put, system, get],
    [breaking, put, system, get],
    [breaking, put, system, get, system, get],
    [put, away, get],
    [killed, put, get],
    // Again and again: the one effect between two has to be hit.
    [put, ...rounds(ground, [strikes(ground), put, get])],
    [same, ...rounds(ground, [strikes(ground), same, get])],
    [put, away, put, get],
    [put, away, putNext, awayNext],
  ])
}

/** An app that is removed, installed again, restored elsewhere and updated, on a system that is updated. */
export const moving: Scenario = {
  id: 'moving',
  about: 'the app is reinstalled, restored on another phone and updated, and so is the system',
  reaches: [
    'read-after-restored-backup',
    'read-on-other-phone',
    'write-after-restored-backup',
    'backup-restored',
    'refused-read',
    'deleted-and-counted',
    'read-after-kill',
    'read-after-crash',
    'read-after-reinstall',
    'read-after-app-update',
    'read-after-system-update',
    'read-from-failing-store',
    'read-after-failing-store',
  ],
  share: 3,
  fits: (ground) => isPhone(ground) && ground.controls.has('reinstall'),
  program: (ground) => {
    const all = stories(ground)
    return programs(
      ground,
      [
        ...calls(ground, { names: ['a', 'a', 'b'], weights: { put: 5, get: 7, delete: 2, list: 1, availability: 1 } }),
        ...act(ground, 'reinstall', { backup: [true, false] }, 2),
        ...act(ground, 'change-phone'),
        ...act(ground, 'clear-data'),
        ...act(ground, 'update-app', {}, 2),
        ...act(ground, 'update-system', {}, 2),
        ...onPhone(ground),
        ...controlsOf(ground, { 'kill-app': 1 }),
      ],
      all,
      Math.ceil(all.length / 3),
    )
  },
}
