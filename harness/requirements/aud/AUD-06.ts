import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
  id: 'AUD-06',
  family: 'AUD',
  level: 'MUST',
  profiles: ['audit'],
  clause: 'A start after entries were cut away does not take what is left for the whole.',
  threat: 'BYPASS',
  cwe: ['CWE-455', 'CWE-353'],
  why: 'The app is restarted, goes on counting from the shortened log, and nothing shows any more that there was more.',
  advice: 'Compare with the anchor before the first append, and refuse to go on where they differ.',
  sources: ['hyprstream/hyprstream#675'],
  needs: [],
  judges: ['verified-after-append-to-cut'],
  twin: ['log-verified'],
  since: '2',
  ...told,
}
