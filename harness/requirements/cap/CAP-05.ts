import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
  id: 'CAP-05',
  family: 'CAP',
  level: 'MUST',
  profiles: ['capabilities'],
  clause: 'A grant that is taken from a window is not left with its webview, nor the other way round.',
  threat: 'BYPASS',
  cwe: ['CWE-863'],
  maswe: ['MASWE-0033'],
  why: 'The window lost its permission, and the page in it still has it under its own label.',
  advice: 'Look grants up by both labels, and test their removal, not only their presence.',
  sources: ['different-ai-studio/teamclu PR#924'],
  needs: [],
  judges: ['asked-under-other-label', 'asked-after-removal'],
  twin: ['granted-call'],
  since: '2',
  ...told,
}
