import { foundSecret } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'SS-09',
  family: 'SS',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['desktop'],
  clause: 'No label or attribute of an item in the keyring holds anything of a secret.',
  threat: 'LEAK',
  cwe: ['CWE-312', 'CWE-922'],
  why: 'Labels and attributes are kept in the clear and shown while the keyring is locked: to any program, and on the disk.',
  advice: 'Label an item by its name, and put nothing into its attributes but what finds it again.',
  sources: ['Secret Service 0.2: Lookup Attributes'],
  needs: ['seen-attributes'],
  judges: ['attributes-searched'],
  twin: ['round-trip'],
  exempts: ({ keyring }) => (keyring === 'none' ? 'the vault uses no keyring' : null),
  breach: (occurrence) => foundSecret(occurrence, 'a label or attribute of an item'),
}
