import type { Occurrence } from '../../judging/call-fact.ts'
import { mustOpen, wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

const byKill = ({ call }: Occurrence): boolean => call !== null && call.phone !== null

export const requirement: Requirement = {
  id: 'TXN-03',
  family: 'TXN',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'What was acknowledged is there after the power was cut, and on a phone after the process was killed.',
  threat: 'LOSS',
  cwe: ['CWE-393', 'CWE-696'],
  why: 'The app said "saved", the battery fell out, and it was not.',
  advice:
    'Sync file and folder before you answer; never answer from a cache that is written later (`commit`, not `apply`).',
  sources: ['impierce/tauri-plugin-keystore', 'tauri-apps/plugins-workspace#3085'],
  needs: ['power-cut'],
  needsOnPhones: ['process-death'],
  judges: ['read-after-power-cut', 'read-after-kill', 'acknowledged-while-asking'],
  twin: ['acknowledged-write'],
  // On a desktop a kill is PST-02's.
  breach: (occurrence) => {
    if (occurrence.situation === 'acknowledged-while-asking')
      return {
        kind: 'unfinished',
        expected: 'no answer while the person is asked',
        seen: 'ok, with its prompt still up',
      }
    if (occurrence.situation === 'read-after-kill') return byKill(occurrence) ? wrongRead(occurrence) : null
    return occurrence.call?.op.op === 'unlock' ? mustOpen(occurrence) : wrongRead(occurrence)
  },
  witnesses: (occurrence) =>
    occurrence.situation === 'read-after-kill' ? byKill(occurrence) : occurrence.call?.op.op !== 'unlock',
}
