import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
  id: 'CAP-01',
  family: 'CAP',
  level: 'MUST',
  profiles: ['capabilities'],
  clause: 'Without a grant no command of the vault is answered.',
  threat: 'BYPASS',
  cwe: ['CWE-862'],
  maswe: ['MASWE-0033'],
  why: 'Any page that the app shows can ask for the secrets.',
  advice: 'Grant nothing by default, and each command by name.',
  sources: ['Tauri: Capabilities'],
  needs: [],
  judges: ['asked-without-grant'],
  twin: ['granted-call'],
  since: '2',
  ...told,
}
