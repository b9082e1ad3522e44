import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
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
  needs: [],
  judges: ['asked-though-denied'],
  twin: ['granted-call'],
  since: '2',
  ...told,
}
