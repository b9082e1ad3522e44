import type { AccessPolicy } from '../contract/operations.ts'
import { armedKills, type Calls, calls, controlsOf, programs, rounds } from './commands.ts'
import { act, isPhone, onPhone, whole } from './phone-controls.ts'
import type { Ground, Scenario } from './scenario.ts'

function stories(ground: Ground) {
  const call = (weights: Calls['weights']) => calls(ground, { names: ['a'], weights })
  const put = call({ put: 1 })
  const get = call({ get: 1 })
  const away = call({ delete: 1 })
  const again = act(ground, 'reinstall', { backup: [true, false] })
  const withBackup = act(ground, 'reinstall', { backup: [true] })
  const other = act(ground, 'change-phone')
  const system = act(ground, 'update-system')
  const next = (weights: Calls['weights']) => calls(ground, { names: ['b'], weights })
  const [putNext, awayNext] = [next({ put: 1 }), next({ delete: 1 })]
  const under = (policy: AccessPolicy, name: string) =>
    calls(ground, { names: [name], weights: { put: 1 }, access: [policy] })
  const [bound, boundNext] = [under('current-set', 'a'), under('current-set', 'b')]
  const [loose, looseNext] = [under('none', 'a'), under('none', 'b')]
  const killed = armedKills(ground)
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
    // Again and again: the one effect between two has to be hit. Of two policies, what is left says little.
    [put, ...rounds(ground, [killed, put, get])],
    [bound, ...rounds(ground, [killed, bound, get])],
    [loose, ...rounds(ground, [killed, loose, get])],
    [put, away, put, get],
    // What is left behind may be kept once for each policy.
    [bound, away, boundNext, awayNext],
    [loose, away, looseNext, awayNext],
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
