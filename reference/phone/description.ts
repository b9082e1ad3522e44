import type { Description } from '../../harness/contract/description.ts'
import { accessPolicies } from '../../harness/contract/operations.ts'

/** Largest value in bytes, and largest name in UTF-16 code units. */
export const limits = { value: 65_536, name: 512 } as const

const shared: Omit<Description, 'name' | 'platform' | 'biometric'> = {
  version: '1',
  profiles: ['store', 'biometric'],
  operations: ['put', 'get', 'delete', 'has', 'list', 'availability'],
  values: 'bytes',
  limits: { value: { max: limits.value, unit: 'bytes' } },
  durability: 'durable',
  keyring: 'none',
  restore: 'namespace',
  derived: [],
  mapping: [],
}
const biometric = (reinstall: 'adopts' | 'purges'): Description['biometric'] => ({
  policies: [...accessPolicies],
  // Writing asks nobody on either platform: a public key seals on Android, and iOS adds without asking.
  prompts: ['get'],
  backup: 'excluded',
  reinstall,
})

/** What the reference vault says of itself on Android. */
export const androidDescription: Description = {
  ...shared,
  name: 'reference-android',
  platform: 'android',
  biometric: biometric('purges'),
}

/** The same on iOS, where the items of an app outlive it: a new installation goes on with them. */
export const iosDescription: Description = {
  ...shared,
  name: 'reference-ios',
  platform: 'ios',
  biometric: biometric('adopts'),
}
