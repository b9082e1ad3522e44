import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'CAP-02',
  family: 'CAP',
  level: 'MUST',
  profiles: ['capabilities'],
  clause: 'A denial outweighs every grant, for commands and for scopes, in whatever order they are written.',
  threat: 'BYPASS',
  cwe: ['CWE-863'],
  maswe: ['MASWE-0033'],
  why: 'A second file that grants more silently undoes the denial in the first.',
  advice: 'Collect all denials first, then look at grants.',
  sources: ['Tauri: Command Scopes', 'Choochmeque/tauri-plugin-biometry scope.rs'],
  excluded:
    'The contract has no profile `capabilities` yet: adapters are called directly, with no window, page or origin between the caller and the vault. It takes grants as part of a program, to be generated in every order.',
}
