import type { Code } from '../../contract/codes.ts'
import { mustOpen, tellOutcome, wrongCode, wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

const refusals: readonly Code[] = ['wrong-format', 'outdated']

export const requirement: Requirement = {
  id: 'SUP-03',
  family: 'SUP',
  level: 'MUST',
  profiles: ['database'],
  platforms: ['desktop'],
  clause: 'A step back to an older release of the app is refused or safe, and the newer one finds everything again.',
  threat: 'LOSS',
  cwe: ['CWE-758'],
  why: 'The update is taken back for a bug elsewhere, and the older version cannot read what the newer one wrote, or overwrites it.',
  advice:
    'Write the version of the format into the file, refuse one that is newer, and change nothing before you know it.',
  sources: ['tutao/tutanota#6312'],
  needs: ['app-updates'],
  judges: ['stepped-back', 'opened-after-step-back'],
  twin: ['acknowledged-write'],
  since: '2',
  breach: (occurrence) => {
    const { situation, call } = occurrence
    if (call === null) return null
    if (situation === 'opened-after-step-back')
      return call.op.op === 'unlock' ? mustOpen(occurrence) : wrongRead(occurrence)
    if (call.op.op === 'unlock') return wrongCode(occurrence, refusals)
    const absent = call.outcome.is === 'fail' && call.outcome.failure.code === 'not-found'
    if (absent && call.possible !== null && !call.possible.includes(null))
      return { kind: 'missing', expected: 'the value, or a refusal to open', seen: tellOutcome(call.outcome) }
    return wrongRead(occurrence)
  },
}
