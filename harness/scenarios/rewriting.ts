import fc from 'fast-check'
import { calls, controlsOf, longSizes, programs, rounds } from './commands.ts'
import type { Ground, Scenario } from './scenario.ts'

function stories(ground: Ground) {
  const sizes = longSizes(ground)
  const long = (names: readonly string[]) => calls(ground, { names, sizes, weights: { put: 1 } })
  const get = calls(ground, { names: ['a'], weights: { get: 1 } })
  const left = calls(ground, { names: ['a'], sizes, weights: { put: 1 }, start: 'always' })
  const open = calls(ground, { names: ['a'], weights: { unlock: 1 } })
  const list = calls(ground, { names: ['a'], weights: { list: 1 } })
  // Twice: the one effect between two has to be hit.
  const halfWritten = [
    long(['a']),
    ...rounds(ground, [controlsOf(ground, { 'kill-app': 1 }, true), long(['a']), open, get]),
  ]
  const kill = controlsOf(ground, { 'kill-app': 1 })
  // Of one length, so that what stands before them in a file is as long.
  const same = fc.constantFrom(64)
  const sealed = (names: readonly string[]) => calls(ground, { names, sizes: same, weights: { put: 1 } })
  const again = calls(ground, { names: ['a'], sizes: same, different: 2, weights: { put: 1 } })
  return [
    ...(open.length > 0
      ? [
          [sealed(['a']), sealed(['b'])],
          // One value, another, and the first again.
          [again, again, again, again, again],
          [sealed(['a']), kill, open, sealed(['a', 'b'])],
        ]
      : []),
    [long(['a']), long(['a', 'b']), list],
    halfWritten,
    halfWritten,
    [long(['a']), left, get],
    [left, left, get, get],
  ]
}

/** Long values that replace one another, cut short and beside each other. */
export const rewriting: Scenario = {
  id: 'rewriting',
  about: 'long values replace one another, with deaths and overlaps between',
  reaches: ['long-value-half-written', 'listed-after-large', 'large-value', 'sealed-and-compared'],
  fits: () => true,
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, { names: ['a', 'b'], sizes: longSizes(ground), weights: { put: 6 }, start: 1 }),
        ...calls(ground, { names: ['a', 'b'], weights: { get: 5, delete: 1, list: 1, unlock: 3 } }),
        ...controlsOf(ground, { 'kill-app': 2 }, true),
      ],
      stories(ground),
    ),
}
