import { armedKills, calls, controlsOf, damages, keyCalls, programs } from './commands.ts'
import type { Ground, Scenario } from './scenario.ts'

function stories(ground: Ground) {
  const call = (op: 'reset' | 'setUp' | 'unlock' | 'lock' | 'list', names = ['a']) =>
    calls(ground, { names, weights: { [op]: 1 } })
  const put = (name: string) => calls(ground, { names: [name], weights: { put: 1 } })
  const get = (name: string) => calls(ground, { names: [name], weights: { get: 1 } })
  const close = [...call('lock'), ...controlsOf(ground, { 'kill-app': 1 })]
  const wipe = controlsOf(ground, { 'wipe-keyring': 1 })
  const newer = controlsOf(ground, { 'update-app': 1 })
  const older = controlsOf(ground, { 'downgrade-app': 1 })
  const open = call('unlock')
  const killed = armedKills(ground, 19)
  const ready = [call('reset'), keyCalls(ground, { setUpZero: 3, setUpWhole: 1 }), put('a'), close]
  return [
    [put('a'), close, keyCalls(ground, { unlockOther: 1 }), open, get('a')],
    [...ready, keyCalls(ground, { unlockZero: 2, unlockWhole: 1 }), get('a')],
    [...ready, open, get('a')],
    ...(wipe.length === 0
      ? []
      : [
          [put('a'), wipe, close, open, call('list')],
          [put('a'), close, wipe, call('setUp'), call('list'), open],
        ]),
    ...(newer.length === 0
      ? []
      : [
          [put('a'), put('b'), newer, open, get('a'), get('b')],
          [put('a'), newer, killed, open, open, get('a')],
          [put('a'), newer, killed, open, open, get('a')],
          [put('a'), newer, killed, open, open, get('a')],
          [put('a'), newer, killed, open, open, get('a')],
        ]),
    ...(older.length === 0
      ? []
      : [
          [put('a'), newer, open, older, open, get('a')],
          [put('a'), newer, open, older, open, newer, open, get('a')],
        ]),
    [put('a'), damages(ground, ['flip', 'cut', 'remove']), open, get('a')],
    [put('a'), damages(ground, ['flip', 'cut']), open],
  ]
}

/** A store in an encrypted database: opened by right and wrong keys, robbed of its key, damaged, updated and set back. */
export const database: Scenario = {
  id: 'database',
  about: 'an encrypted database is opened by right and wrong keys, robbed of its key, damaged, updated and set back',
  reaches: [
    'opened-by-other-key',
    'opened-by-zero-byte-key',
    'database-without-key',
    'opened-after-upgrade',
    'opened-after-killed-upgrade',
    'stepped-back',
    'opened-after-step-back',
    'opened-after-damage',
    'files-searched',
  ],
  // The one effect between two writes has to be hit.
  share: 6,
  fits: ({ description }) => description.profiles.includes('database'),
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, { names: ['a', 'b'], weights: { put: 5, get: 5, delete: 1, list: 1, unlock: 5, lock: 2 } }),
        ...keyCalls(ground, { unlockOther: 2, unlockZero: 1, setUpZero: 1, setUpWhole: 1 }),
        ...controlsOf(ground, { 'kill-app': 2, 'update-app': 1, 'downgrade-app': 1, 'wipe-keyring': 1 }, true),
      ],
      stories(ground),
    ),
}
