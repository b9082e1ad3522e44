import { calls, controlsOf, damages, programs } from './commands.ts'
import type { Ground, Scenario } from './scenario.ts'

function stories(ground: Ground) {
  const put = (name: string) => calls(ground, { names: [name], weights: { put: 1 } })
  const get = (name: string) => calls(ground, { names: [name], weights: { get: 1 } })
  const open = calls(ground, { names: ['a'], weights: { unlock: 1 } })
  const copy = controlsOf(ground, { 'copy-files': 1 })
  const back = controlsOf(ground, { 'restore-files': 1 })
  const close = calls(ground, { names: ['a'], weights: { lock: 1 } })
  const write = calls(ground, { names: ['a', 'b'], weights: { put: 2, delete: 1 } })
  // Twice: many bytes have to be hit before one is found that nothing covers.
  const flipped = [put('a'), damages(ground, ['flip']), open, get('a')]
  // With no entry left, the header is hit more often.
  const empty = [put('a'), calls(ground, { names: ['a'], weights: { delete: 1 } }), damages(ground, ['flip']), open]
  // Twice too: only two entries that were exchanged leave a vault that opens.
  const swapped = [put('a'), put('b'), damages(ground, ['swap']), open, get('a'), get('b')]
  return [
    flipped,
    flipped,
    empty,
    empty,
    // Near the beginning, where formats, dates and counters are.
    [put('a'), damages(ground, ['flip'], 15), open, get('a')],
    [put('a'), put('b'), damages(ground, ['flip', 'cut', 'remove']), open, get('a'), get('b')],
    swapped,
    swapped,
    [put('a'), damages(ground, ['remove']), open],
    // Twice: an older copy seldom opens.
    [put('a'), copy, write, back, open, get('a'), get('b')],
    [put('a'), copy, write, back, open, get('a'), get('b')],
    // What is known to be older must not become the newest by being used, or opened once more.
    [put('a'), copy, put('a'), back, open, [...get('a'), ...put('b')], close, open, get('a')],
    [put('a'), copy, damages(ground, ['remove', 'cut']), open, back, open, get('a')],
  ]
}

/** Files that are changed, exchanged, removed and put back behind the vault's back. */
export const tampering: Scenario = {
  id: 'tampering',
  about: "the vault's files are changed, exchanged, removed and put back behind its back",
  reaches: [
    'opened-after-damage',
    'opened-after-older-copy',
    'opened-after-repair',
    'read-after-damage',
    'read-after-swap',
    'read-after-older-copy',
    'changed-byte',
  ],
  fits: ({ controls, description }) => controls.has('damage-file') && description.profiles.includes('lifecycle'),
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, { names: ['a', 'b'], weights: { put: 5, get: 5, delete: 1, unlock: 5 } }),
        ...controlsOf(ground, { 'copy-files': 1, 'restore-files': 1 }),
        ...damages(ground, ['flip', 'cut', 'remove', 'swap']),
      ],
      stories(ground),
    ),
}
