import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'MAC-02',
  family: 'MAC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['macos'],
  clause: 'Calls into the keychain do not run side by side where it cannot take that: under load none is lost.',
  threat: 'LOSS',
  cwe: ['CWE-820'],
  why: 'Now and then a secret is missing after several were saved at once.',
  advice: 'Put all calls into the keychain behind one lock.',
  sources: ['google/native-pkcs11#302'],
  excluded:
    'Needs macOS: only its keychain under load shows the fault, and nothing here runs it. On `host` on a Mac CONC-02 and CONC-04 judge what a user would see.',
}
