import type { Description } from '../harness/contract/description.ts'

/** Largest value in bytes, and largest name in UTF-16 code units. */
export const limits = { value: 1_048_576, name: 1_024 } as const

/** What the reference vault says of itself. */
export const description: Description = {
  name: 'reference',
  version: '1',
  profiles: ['store', 'lifecycle'],
  operations: ['put', 'get', 'delete', 'has', 'list', 'availability', 'setUp', 'unlock', 'lock', 'state', 'reset'],
  values: 'bytes',
  limits: { value: { max: limits.value, unit: 'bytes' } },
  durability: 'durable',
  keyring: 'unlock',
  restore: 'namespace',
  derived: [],
  mapping: [],
}
