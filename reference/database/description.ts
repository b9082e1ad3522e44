import type { Description } from '../../harness/contract/description.ts'
import { description as files } from '../description.ts'

/** Entries that one batch puts, or one page of a query gives, at most. */
export const most = { batch: 100_000, page: 10_000 } as const

/** What the vault on a database says of itself. One process has it open at a time: another one is told `busy`. */
export const description: Description = {
  ...files,
  name: 'reference-database',
  version: '2',
  profiles: ['store', 'lifecycle', 'database'],
  operations: [
    ...(['put', 'get', 'delete', 'has', 'list', 'availability'] as const),
    ...(['setUp', 'unlock', 'lock', 'state', 'reset'] as const),
  ],
  processes: 'one',
}
