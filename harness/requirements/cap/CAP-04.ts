import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
  id: 'CAP-04',
  family: 'CAP',
  level: 'MUST',
  profiles: ['capabilities'],
  clause: 'A frame within a page cannot use the page’s grant, or the platforms on which it can are named.',
  threat: 'BYPASS',
  cwe: ['CWE-346', 'CWE-1068'],
  maswe: ['MASWE-0033'],
  why: 'An advertisement in a frame reads what only the page around it was to read.',
  advice: 'Tell frames apart where the platform can; where it cannot, allow no frames in windows with a vault.',
  sources: ['tauri-apps/tauri#8316'],
  needs: [],
  judges: ['asked-by-frame'],
  twin: ['granted-call'],
  since: '2',
  ...told,
}
