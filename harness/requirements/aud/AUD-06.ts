import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
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
  excluded:
    'The contract has no profile `audit` yet: no operation appends to a log or verifies one, so a program has nothing to tamper with. Restarts are controls already; it takes the profile, and a control that cuts the log between two of them.',
}
