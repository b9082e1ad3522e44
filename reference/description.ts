import type { Description } from '../harness/contract/description.ts'
import { attempts } from './pin/lockout.ts'
import { pinDigits } from './pin/pin.ts'

/** Largest value in bytes, and largest name in UTF-16 code units. */
export const limits = { value: 1_048_576, name: 1_024 } as const

const store = ['put', 'get', 'delete', 'has', 'list', 'availability'] as const
const lifecycle = ['setUp', 'unlock', 'lock', 'state', 'reset'] as const

/** What the reference vault says of itself. */
export const description: Description = {
  name: 'reference',
  version: '2',
  profiles: ['store', 'lifecycle', 'key-slots'],
  operations: [...store, ...lifecycle, 'addSlot', 'removeSlot', 'slots'],
  values: 'bytes',
  limits: { value: { max: limits.value, unit: 'bytes' } },
  durability: 'durable',
  // And for each write, which is anchored there; reads of an open vault do without it.
  keyring: 'unlock',
  keyringPrompts: 'asks',
  restore: 'namespace',
  derived: [],
  mapping: [],
}

/** The release of the approved vault that is outside of the profile: tests need something that is to be refused. */
const outside = 2

/**
 * The same with a PIN. After `attempts` wrong ones the lockout is temporary: each further guess is waited for, up to 15
 * minutes, in the running process, and after 100 in a row it is permanent (lockout.ts says why).
 */
export const pinDescription: Description = {
  ...description,
  name: 'reference-pin',
  profiles: ['store', 'lifecycle', 'pin'],
  operations: [...store, ...lifecycle, 'changePin'],
  pin: { attempts: attempts.free, digits: [pinDigits.least, pinDigits.most] },
}

/** The same in the approved profile. */
export const approvedDescription: Description = { ...pinDescription, name: 'reference-fips', approved: { outside } }
