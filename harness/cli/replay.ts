import { randomBytes } from 'node:crypto'
import { failureRecord } from '../engine/failure-record.ts'
import { session } from '../engine/session.ts'
import { readToken } from '../engine/token.ts'
import { factsOf } from '../judging/facts.ts'
import { requirementOf } from '../requirements/index.ts'
import { check } from '../requirements/requirement.ts'
import type { Replayed, TargetSpec } from './engine.ts'
import { refuseProgram } from './refuse-program.ts'
import { UsageError } from './usage-error.ts'
import { version } from './version.ts'
import { deadlineMs, openTarget } from './wiring.ts'

/**
 * Runs the program of a token once more, on the target given, and judges it by the token's requirement.
 * @throws UsageError where the device lacks a control that the program uses: it would say nothing there
 */
export async function replay(
  token: string,
  spec: TargetSpec,
  options: { readonly allowLoginKeyring: boolean },
): Promise<Replayed> {
  const { requirement: id, program } = readToken(token)
  const requirement = requirementOf(id)
  if (requirement === undefined) throw new UsageError(`The token is about ${id}, which this version does not know.`)
  await using target = await openTarget(spec, { ...options, cwd: process.cwd(), onProgress() {} })
  refuseProgram(program, target)
  const prefix = `holdfast-replay-${randomBytes(4).toString('hex')}`
  const history = await session(target, { prefix, deadlineMs }).run(program)
  const finding = check(requirement, factsOf(history, target.description), target.description)
  if (finding.is === 'broken') {
    const failure = failureRecord({
      requirement,
      finding,
      history,
      scenario: 'replay',
      unshrunk: program,
      target: spec.name,
      holdfast: version(),
      shrinkRuns: 0,
      confirmed: null,
    })
    return {
      history,
      // The same program has the same token, with the version and the target that it had.
      failure: { ...failure, token },
      sentence: `${id} fails again on ${spec.name}.`,
      exit: 1,
    }
  }
  const sentence =
    finding.is === 'held'
      ? `${id} holds this time on ${spec.name}.`
      : `This program says nothing of ${id} on ${spec.name}: '${requirement.judges.join("' or '")}' did not occur beside its twin.`
  return { history, failure: null, sentence, exit: finding.is === 'held' ? 0 : 3 }
}
