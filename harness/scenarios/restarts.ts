import { armedKills, calls, controlsOf, programs, rounds } from './commands.ts'
import type { Ground, Scenario } from './scenario.ts'

const names = ['a', 'a', 'a', 'b']

/** What was stored, deleted or half written, one death, and a look. */
function stories(ground: Ground) {
  const one = { names: ['a'] }
  const put = calls(ground, { ...one, weights: { put: 1 } })
  const look = calls(ground, { ...one, weights: { get: 4, has: 1, list: 1 } })
  const open = calls(ground, { ...one, weights: { unlock: 1 } })
  const get = calls(ground, { ...one, weights: { get: 1 } })
  const lines = calls(ground, { names: ['b'], kinds: ['newline'], weights: { put: 1 } })
  const dies = controlsOf(ground, { 'kill-app': 2, 'restart-keyring': 1 })
  const death = controlsOf(ground, { 'kill-app': 3, 'restart-keyring': 2, 'restart-machine': 1 })
  // Often: the one effect between two has to be hit.
  const halfWritten = [
    put,
    ...rounds(ground, [
      armedKills(ground),
      calls(ground, { ...one, weights: { put: 2, delete: 1 } }),
      open,
      look,
      look,
    ]),
  ]
  return [
    [put, controlsOf(ground, { 'kill-app': 1 }), open, look],
    [put, death, open, look],
    [put, calls(ground, { ...one, weights: { delete: 1 } }), death, open, look],
    halfWritten,
    halfWritten,
    halfWritten,
    halfWritten,
    // What outlived one death must outlive the next, whatever was written to another entry between.
    ...(ground.description.profiles.includes('store') ? [[put, dies, open, get, lines, dies, open, get]] : []),
  ]
}

/** Deaths of the vault, the keyring and the machine between writes and reads. */
export const restarts: Scenario = {
  id: 'restarts',
  about: 'the process, the keyring and the machine die between writes and reads',
  reaches: [
    'read-after-kill',
    'read-after-crash',
    'read-after-restart',
    'read-after-delete',
    'read-beside-line-ends',
    'files-searched',
  ],
  // A kill must fall between two certain effects.
  share: 3,
  fits: ({ controls }) => controls.has('kill-app'),
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, { names, weights: { put: 6, get: 7, delete: 3, has: 1, list: 1, unlock: 9 } }),
        ...controlsOf(ground, { 'kill-app': 2, 'restart-keyring': 2, 'restart-machine': 1 }, true),
      ],
      stories(ground),
    ),
}
