import type { FailureRecord } from '../contract/stream.ts'
import type { Failing, Reduced } from './reduce.ts'
import { writeToken } from './token.ts'

/** What a failure is recorded from. */
export interface ToRecord extends Reduced {
  readonly requirement: Failing['requirement']
  readonly scenario: string
  /** The program as it was found. */
  readonly unshrunk: Failing['program']
  /** The target's name, as `reference@model`. */
  readonly target: string
  readonly holdfast: string
}

/** A failure as the stream keeps it, with the token that runs its program again. */
export function failureRecord(of: ToRecord): FailureRecord {
  const { requirement, finding, history, unshrunk, target } = of
  const { program } = history
  return {
    type: 'failure',
    target,
    requirement: requirement.id,
    scenario: of.scenario,
    fingerprint: finding.fingerprint,
    blame: finding.breach.blame ?? 'vault',
    situation: finding.situation,
    expected: finding.breach.expected,
    seen: finding.breach.seen,
    program,
    events: [...history.events],
    at: finding.at,
    ...(JSON.stringify(unshrunk) === JSON.stringify(program) ? {} : { unshrunk }),
    foundWith: unshrunk.commands.length,
    shrinkRuns: of.shrinkRuns,
    confirmed: of.confirmed,
    token: writeToken({ holdfast: of.holdfast, target, requirement: requirement.id, program }),
  }
}
