import { boundarySizes, calls, ordinarySizes, programs } from './commands.ts'
import type { Scenario } from './scenario.ts'

/** Values of every kind and size, written and read back. */
export const values: Scenario = {
  id: 'values',
  about: 'values of every kind and size are written and read back',
  reaches: [
    'ordinary-write',
    'ordinary-read',
    'marked-text',
    'nul-inside',
    'empty-value',
    'large-value',
    'round-trip',
    'absent-read',
    'secret-handled',
  ],
  fits: () => true,
  program: (ground) =>
    programs(ground, [
      ...calls(ground, {
        names: ['a', 'b'],
        kinds: ['text', 'newline', 'unicode', 'hex', 'nul', 'binary', 'empty'],
        sizes: ordinarySizes,
        weights: { put: 6, get: 7, delete: 1, has: 1, list: 1, availability: 1 },
      }),
      ...calls(ground, { names: ['a', 'b'], sizes: boundarySizes(ground), weights: { put: 2 } }),
    ]),
}
