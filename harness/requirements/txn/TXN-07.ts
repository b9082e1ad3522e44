import { mustNotOpen, mustOpen } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'TXN-07',
  family: 'TXN',
  level: 'MUST',
  profiles: ['pin'],
  clause: 'A change of the PIN that is killed at any point leaves exactly one PIN that opens.',
  threat: 'LOSS',
  cwe: ['CWE-1250', 'CWE-696'],
  why: 'Neither the old PIN nor the new one opens, or the old one that somebody saw still does.',
  advice: 'Replace the slot that wraps the vault key in one durable step.',
  sources: ['VoltiusApp/voltius PR#141'],
  needs: ['process-death', 'ordered-effects'],
  judges: ['half-changed-pin'],
  twin: ['acknowledged-write', 'right-pin'],
  breach: (occurrence) => {
    const { call } = occurrence
    if (call === null) return null
    // One of two may open: the first refusal leaves one, which must; the first success rules out the other.
    const [only, other] = call.pins
    if (other !== undefined)
      return call.outcome.is === 'fail' && call.outcome.failure.code !== 'wrong-pin' ? mustOpen(occurrence) : null
    const given = call.op.op === 'unlock' ? call.op.pin?.pin : undefined
    return given === only
      ? mustOpen(occurrence)
      : mustNotOpen(occurrence, ['wrong-pin', 'locked-out-temporary', 'locked-out-permanent'])
  },
  witnesses: ({ call }) => call?.outcome.is === 'ok',
}
