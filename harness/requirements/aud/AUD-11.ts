import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'AUD-11',
  family: 'AUD',
  level: 'MUST',
  profiles: ['audit'],
  clause:
    'What was appended and acknowledged is in the log once and in order, and the log verifies, whatever was killed or cut meanwhile.',
  threat: 'LOSS',
  cwe: ['CWE-223'],
  why: 'A crash leaves half a line, and from then on the log of three years counts as forged.',
  advice:
    'Write and sync the entries first, and let them count by one change of the anchor; ignore what does not count.',
  sources: ['RFC 9162', 'hyprstream/hyprstream PR#679'],
  needs: [],
  judges: ['log-untouched'],
  twin: ['log-verified'],
  since: '2',
  breach: ({ wrong }) => wrong,
}
