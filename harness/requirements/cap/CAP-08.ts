import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
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
  needs: [],
  judges: ['asked-for-other-entry'],
  twin: ['granted-call'],
  since: '2',
  ...told,
}
