import fc from 'fast-check'
import { calls, pinCalls, programs } from './commands.ts'
import type { Ground, Scenario } from './scenario.ts'

/** Long enough to be told from chance by a piece of them. */
const sizes = fc.integer({ min: 32, max: 96 })

function stories(ground: Ground) {
  const call = (op: 'put' | 'get' | 'lock' | 'unlock') => calls(ground, { names: ['a'], sizes, weights: { [op]: 1 } })
  const wrong = pinCalls(ground, { wrong: 1 })
  return [
    [call('put'), call('get'), call('lock')],
    [call('put'), call('lock'), wrong, call('unlock')],
  ]
}

/** A vault that is used and locked, whose memory is searched then. */
export const memory: Scenario = {
  id: 'memory',
  about: 'the vault is used, locked and asked to open with wrong PINs, and its memory searched for what it was given',
  reaches: ['memory-after-lock', 'memory-after-wrong-pin', 'memory-while-held'],
  fits: ({ description }) => description.secrets === 'recipes' && description.profiles.includes('lifecycle'),
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, { names: ['a', 'b'], sizes, weights: { put: 4, get: 3, delete: 1, lock: 4, unlock: 3 } }),
        ...pinCalls(ground, { wrong: 3, change: 1 }),
      ],
      stories(ground),
    ),
}
