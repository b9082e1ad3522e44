import { calls, programs } from './commands.ts'
import type { Scenario } from './scenario.ts'

/** Look-alikes: case, normal form, separators, blanks, a zero byte, an encoded separator. */
const families = ['a', 'A', 'a ', 'a/b', 'a:b', 'a.b', 'é', 'e\u0301', 'ß', 'ss', 'a\0b', '%2F', '/']

/** Names that look alike and must stay apart. */
export const names: Scenario = {
  id: 'names',
  about: 'entries whose names look alike are written, read, listed and deleted',
  reaches: ['listed', 'look-alike-name', 'nul-inside', 'read-after-delete'],
  fits: ({ description }) => description.profiles.includes('store'),
  program: (ground) =>
    programs(ground, calls(ground, { names: families, weights: { put: 6, get: 5, delete: 2, has: 2, list: 1 } }), [
      // One family at a time meets its look-alikes sooner.
      ...[
        ['a', 'A', 'a ', 'a\0b'],
        ['a/b', 'a:b', 'a.b'],
        ['é', 'e\u0301'],
        ['ß', 'ss'],
      ].map((names) => [
        calls(ground, { names, weights: { put: 1 } }),
        calls(ground, { names, weights: { put: 3, delete: 1 } }),
        calls(ground, { names, weights: { get: 3, has: 1, list: 1 } }),
        calls(ground, { names, weights: { get: 3, has: 1, list: 1 } }),
      ]),
    ]),
}
