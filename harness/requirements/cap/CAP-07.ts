import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'CAP-07',
  family: 'CAP',
  level: 'SHOULD',
  profiles: ['capabilities'],
  clause:
    'Grants name what is needed: no wildcard for origins, no set carried over whole, no page without a content security policy.',
  threat: 'BYPASS',
  cwe: ['CWE-749'],
  maswe: ['MASWE-0033'],
  why: 'One line with a star gives every page all that the vault can do.',
  advice: 'Write down each command and each origin; let a lint refuse stars.',
  sources: ['mediar-ai/screenpipe#4862', 'Tauri: Capabilities'],
  excluded:
    'No program of calls can decide it: a vault that serves a wide grant does as it was told. It is decided of the files themselves by `holdfast capabilities lint` (`any-origin`, `any-window`, `any-entry`, `migrated`, `no-content-security-policy`), whose tests hold each of its findings.',
}
