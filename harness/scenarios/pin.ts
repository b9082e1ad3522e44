import { calls, clocks, controlsOf, pinCalls, programs, rounds } from './commands.ts'
import type { Ground, Scenario } from './scenario.ts'

function stories(ground: Ground) {
  const one = { names: ['a'] }
  const put = calls(ground, { ...one, weights: { put: 1 } })
  const get = calls(ground, { ...one, weights: { get: 1 } })
  const open = calls(ground, { ...one, weights: { unlock: 1 } })
  const close = [...calls(ground, { ...one, weights: { lock: 2 } }), ...controlsOf(ground, { 'kill-app': 1 })]
  const armed = controlsOf(ground, { 'kill-app': 1 }, true)
  const wrong = pinCalls(ground, { wrong: 1 })
  const none = pinCalls(ground, { none: 1 })
  const lock = calls(ground, { ...one, weights: { lock: 1 } })
  const to = (what: 'first' | 'second' | 'changeToSecond') => pinCalls(ground, { [what]: 1 })
  const gone = controlsOf(ground, { 'wipe-keyring': 1, 'lock-keyring': 1, 'stop-keyring': 1 })
  const between = [...clocks(ground), ...clocks(ground), ...armed, ...pinCalls(ground, { wrong: 3 })]
  const guesses = Array.from({ length: (ground.description.pin?.attempts ?? 0) + 4 }, (_, index) =>
    index % 3 === 2 ? between : wrong,
  )
  // Nothing shorter spends all attempts: longer than free programs it may be, but not by much.
  const affordable = 2 * ground.commands >= guesses.length
  const guessed = [close, ...guesses, wrong]
  const spent = Array.from({ length: ground.description.pin?.attempts ?? 0 }, () => wrong)
  const newer = controlsOf(ground, { 'update-app': 1 })
  const hope = [...clocks(ground), ...controlsOf(ground, { 'kill-app': 1 })]
  return [
    [put, close, wrong, open, get],
    [put, close, open, get, close, none],
    [put, close, open, close, gone, open],
    [put, ...(newer.length === 0 ? [] : [newer, open, get])],
    [put, pinCalls(ground, { changeToSecond: 1 }), ...(newer.length === 0 ? [close] : [newer]), open, get],
    // Both PINs after a change that was killed, in either order.
    [put, ...rounds(ground, [armed, to('changeToSecond'), to('first'), lock, to('second'), open])],
    [put, ...rounds(ground, [armed, to('changeToSecond'), to('second'), lock, to('first'), open])],
    ...(ground.controls.has('copy-files') && affordable
      ? [
          [
            controlsOf(ground, { 'copy-files': 1 }),
            close,
            ...guesses.map(() => wrong),
            controlsOf(ground, { 'restore-files': 1 }),
            wrong,
          ],
        ]
      : []),
    ...(affordable ? [guessed, [close, ...spent, hope, wrong]] : []),
  ]
}

/** A vault with a PIN: guessed, changed, forgotten, and killed at it. */
export const pin: Scenario = {
  id: 'pin',
  about: 'the PIN is guessed, changed and left out, with kills and clock changes between',
  reaches: [
    'wrong-pin',
    'right-pin',
    'guess-over-limit',
    'without-pin',
    'without-keyring',
    'half-changed-pin',
    'derived-key',
    'derived-later',
    'opening-derived',
    'call-derived',
    'opened-after-app-update',
  ],
  fits: ({ description }) => description.profiles.includes('pin'),
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, { names: ['a'], weights: { put: 3, get: 3, unlock: 5, lock: 4, state: 1 } }),
        ...pinCalls(ground, { wrong: 3, none: 1, any: 2, change: 3 }),
        ...controlsOf(ground, { 'kill-app': 2, 'restart-machine': 1, 'update-app': 1 }, true),
        ...clocks(ground),
      ],
      stories(ground),
    ),
}
