import { calls, controlsOf, programs } from './commands.ts'
import type { Ground, Scenario } from './scenario.ts'

const names = ['a', 'a', 'a', 'b']

/** Something is stored, the keyring goes, something is asked, the keyring comes back, and somebody looks. */
function stories(ground: Ground) {
  const one = { names: ['a'] }
  const put = calls(ground, { ...one, weights: { put: 1 } })
  const get = calls(ground, { ...one, weights: { get: 1 } })
  const open = calls(ground, { ...one, weights: { unlock: 1 } })
  const ask = calls(ground, { ...one, weights: { get: 2, has: 1, list: 1, put: 2, delete: 1 } })
  const gone = controlsOf(ground, { 'lock-keyring': 1, 'stop-keyring': 1 })
  const back = controlsOf(ground, { 'unlock-keyring': 1 })
  const again = controlsOf(ground, { 'start-keyring': 1 })
  const close = [...calls(ground, { ...one, weights: { lock: 1 } }), ...controlsOf(ground, { 'kill-app': 1 })]
  const kill = controlsOf(ground, { 'kill-app': 1 })
  const stop = controlsOf(ground, { 'stop-keyring': 1 })
  const lock = controlsOf(ground, { 'lock-keyring': 1 })
  return [
    // An app that starts while there is no keyring must find it once it is there.
    [kill, stop, ask, again, open, put, lock, ask],
    // And one that starts so must find nothing that opens without it.
    [put, get, stop, kill, [...open, ...get], ask],
    [stop, put, kill, get, again, get],
    // What it kept there is removed behind the vault's back.
    [put, get, controlsOf(ground, { 'wipe-keyring': 1 }), kill, [...open, ...get]],
    [put, controlsOf(ground, { 'wipe-keyring': 1 }), kill, [...open, ...get]],
    [put, lock, get, back, get],
    [put, gone, ask, back, again, open, get],
    [put, get, gone, put, back, again, get],
    ...(open.length > 0 ? [[put, get, close, gone, open, ask, back, again, open, get]] : []),
  ]
}

/** A keyring that is locked, gone, and back. */
export const keyring: Scenario = {
  id: 'keyring',
  about: 'the keyring is locked, taken away and brought back between calls',
  reaches: [
    'call-while-locked',
    'existing-while-locked',
    'call-while-absent',
    'read-without-keyring',
    'read-after-wipe',
    'write-without-store',
    'read-after-write-without-store',
    'read-after-restart',
    'availability-probe',
    'call-after-failed-start',
    'used-after-opening',
  ],
  fits: ({ controls, description }) => controls.has('lock-keyring') && description.keyring !== 'none',
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, {
          names,
          weights: { put: 5, get: 5, delete: 1, has: 1, list: 1, availability: 1, unlock: 8, lock: 3, state: 1 },
        }),
        ...controlsOf(ground, {
          'lock-keyring': 2,
          'unlock-keyring': 3,
          'stop-keyring': 2,
          'start-keyring': 3,
          'kill-app': 1,
        }),
      ],
      stories(ground),
    ),
}
