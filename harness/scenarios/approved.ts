import { calls, controlsOf, pinCalls, programs } from './commands.ts'
import type { Ground, Scenario } from './scenario.ts'

function stories(ground: Ground) {
  const one = { names: ['a'] }
  const put = calls(ground, { ...one, weights: { put: 1 } })
  const get = calls(ground, { ...one, weights: { get: 1 } })
  const open = calls(ground, { ...one, weights: { unlock: 1 } })
  const reset = calls(ground, { ...one, weights: { reset: 1 } })
  const made = calls(ground, { ...one, weights: { setUp: 1 } })
  const close = [...calls(ground, { ...one, weights: { lock: 2 } }), ...controlsOf(ground, { 'kill-app': 1 })]
  const newer = controlsOf(ground, { 'update-app': 1 })
  const older = controlsOf(ground, { 'downgrade-app': 1 })
  const change = pinCalls(ground, { changeToSecond: 1 })
  return [
    [put, close, open, get],
    [put, change, close, open, get],
    ...(newer.length === 0 || older.length === 0
      ? []
      : [
          [put, close, open, get, newer, reset, made, older, open],
          [put, close, open, newer, reset, made, put, close, open, newer, open],
          [put, newer, open, get, older, open, get],
        ]),
  ]
}

/** A vault that claims approved algorithms alone, beside a release of its app that does not. */
export const approved: Scenario = {
  id: 'approved',
  about: 'a vault that uses approved algorithms alone meets what a release outside of that profile has set up',
  reaches: ['derived-in-profile', 'opened-outside-profile'],
  fits: ({ description }) => description.approved !== undefined,
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, { names: ['a'], weights: { put: 3, get: 3, unlock: 5, lock: 2, reset: 1, setUp: 1 } }),
        ...pinCalls(ground, { change: 2 }),
        ...controlsOf(ground, { 'kill-app': 1, 'update-app': 2, 'downgrade-app': 2 }),
      ],
      stories(ground),
    ),
}
