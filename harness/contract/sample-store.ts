import type { Description } from './description.ts'

/** A store of bytes with all that a plain one has, for tests: what a test is about it changes. */
export const sampleStore: Description = {
  name: 'any',
  version: '1',
  profiles: ['store'],
  operations: ['put', 'get', 'delete', 'has', 'list'],
  values: 'bytes',
  limits: {},
  durability: 'durable',
  keyring: 'every-call',
  restore: 'namespace',
  derived: [],
  mapping: [],
}
