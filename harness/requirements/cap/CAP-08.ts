import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'CAP-08',
  family: 'CAP',
  level: 'MUST',
  profiles: ['capabilities'],
  clause: 'A window that may use one entry cannot read another window’s.',
  threat: 'BYPASS',
  cwe: ['CWE-639'],
  maswe: ['MASWE-0018'],
  why: 'The window of a plugin reads the bank’s token by its name.',
  advice: 'Check the name that is asked for against the caller’s scope, in the process that holds the secrets.',
  sources: ['Choochmeque/tauri-plugin-biometry scope.rs'],
  excluded:
    'The contract has no profile `capabilities` yet: adapters are called directly, with no window, page or origin between the caller and the vault. It takes two callers with scopes of their own in one program.',
}
