import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'MAC-01',
  family: 'MAC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['macos'],
  clause: 'A missing entitlement is `access-denied`, and no flag that needs one is set unasked.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393'],
  why: 'After an update of the library every call fails with -34018, and the app says "unknown error".',
  advice: 'Map -34018 to its own code, and use the keychain that needs an entitlement only where it was asked for.',
  sources: ['juliansteenbakker/flutter_secure_storage 10.3.0: notes'],
  excluded:
    'Needs a Mac, and one app signed twice, with the entitlement and without: the number comes from the system’s check of the signature, which nothing here does.',
}
