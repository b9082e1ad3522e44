import { armedKills, type Calls, calls, controlsOf, programs } from './commands.ts'
import { act, whole } from './phone-controls.ts'
import type { Ground, Scenario } from './scenario.ts'

const one = { names: ['a'] }

/** Starts of the machine and the vault, and what its keyring is then. */
function stories(ground: Ground) {
  const call = (weights: Calls['weights']) => calls(ground, { ...one, weights })
  const lifecycle = ground.description.profiles.includes('lifecycle')
  const put = call({ put: 1 })
  const get = call({ get: 1 })
  const remove = call({ delete: 1 })
  const look = call({ get: 3, has: 1, list: 1 })
  const unlock = call({ unlock: 1 })
  const open = lifecycle ? [unlock] : []
  // A vault that is closed asks the keyring for nothing but its key.
  const meet = lifecycle ? unlock : call({ get: 2, put: 2, has: 1, list: 1, delete: 1 })
  const use = lifecycle ? call({ put: 2, delete: 1 }) : call({ put: 2, get: 3, has: 1, list: 1 })
  const control = (name: Parameters<typeof act>[1]) => act(ground, name)
  const late = (keyring: 'locked' | 'absent') => act(ground, 'restart-machine', { keyring: [keyring] })
  const start = controlsOf(ground, { 'kill-app': 3, 'restart-machine': 1 })
  const copies = act(ground, 'duplicate-items', { age: ['older', 'older', 'newer'] })
  const closed = lifecycle ? [call({ lock: 1 })] : []
  const swap = ground.description.keyring === 'unlock' ? control('swap-keyring') : []
  return whole([
    [put, late('locked'), meet, control('unlock-keyring'), ...open, get],
    [late('locked'), meet, control('unlock-keyring'), meet, put, get],
    [put, late('absent'), meet, control('start-keyring'), ...open, get],
    [late('absent'), meet, control('start-keyring'), meet, put, get],
    [put, control('restart-keyring'), use, use, get],
    [put, control('lock-keyring'), use, control('unlock-keyring'), use, look],
    [put, control('stop-keyring'), use, control('start-keyring'), use, get],
    [put, start, ...open, look, start, ...open, look, start, ...open, look],
    [put, start, start, ...open, get],
    [put, put, copies, ...closed, ...open, look],
    // A copy may be found before what it is a copy of, or after it.
    [put, put, put, copies, ...closed, ...open, look],
    [put, put, copies, copies, ...closed, ...open, look],
    [put, put, copies, put, look, ...closed, ...open, look],
    [put, put, copies, remove, ...closed, ...open, get],
    // Of copies that are deleted one after another the newest must go last.
    [put, put, put, copies, armedKills(ground, 4), remove, ...closed, ...open, get],
    [put, swap, call({ unlock: 1, setUp: 1, state: 1, get: 1, put: 1 }), swap, ...open, get],
    [put, swap, call({ unlock: 1, setUp: 1 }), swap, ...open, look],
  ])
}

/** Sessions that begin with a keyring that is late, another, or full of copies; and one that is restarted in between. */
export const sessions: Scenario = {
  id: 'sessions',
  about:
    'the vault starts again and again, with a keyring that comes late, comes back, is another one, or holds copies',
  reaches: [
    'call-after-late-keyring',
    'call-after-keyring-return',
    'read-after-several-starts',
    'call-with-other-keyring',
    'opened-after-other-keyring',
    'read-after-other-keyring',
    'read-beside-copies',
    'write-beside-copies',
    'opened-beside-copies',
    'called-ambiguous',
  ],
  share: 2,
  fits: ({ controls, description }) =>
    controls.has('lock-keyring') && description.keyring !== 'none' && (description.platform ?? 'desktop') === 'desktop',
  program: (ground) => {
    const all = stories(ground)
    return programs(
      ground,
      [
        ...calls(ground, {
          names: ['a', 'a', 'a', 'b'],
          weights: { put: 5, get: 5, delete: 1, has: 1, list: 1, unlock: 6, setUp: 1, state: 1 },
        }),
        ...controlsOf(ground, {
          'kill-app': 2,
          'restart-machine': 1,
          'lock-keyring': 1,
          'unlock-keyring': 2,
          'restart-keyring': 1,
          'stop-keyring': 1,
          'start-keyring': 2,
        }),
        ...act(ground, 'restart-machine', { keyring: ['locked', 'absent'] }),
        ...act(ground, 'duplicate-items', { age: ['older', 'newer'] }),
        ...(ground.description.keyring === 'unlock' ? act(ground, 'swap-keyring') : []),
      ],
      all,
      Math.ceil(all.length / 4),
    )
  },
}
