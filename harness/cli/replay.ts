import { randomBytes } from 'node:crypto'
import type { History } from '../contract/history.ts'
import type { Program } from '../contract/program.ts'
import { failureRecord } from '../engine/failure-record.ts'
import { session } from '../engine/session.ts'
import { readToken } from '../engine/token.ts'
import { compare } from '../judging/compare.ts'
import { factsOf } from '../judging/facts.ts'
import { requirementOf } from '../requirements/index.ts'
import { check, type Finding, type Requirement } from '../requirements/requirement.ts'
import type { Replayed, ReplayOptions, TargetSpec } from './engine.ts'
import { refuseProgram } from './refuse-program.ts'
import { UsageError } from './usage-error.ts'
import { version } from './version.ts'
import { deadlineMs, openTarget } from './wiring.ts'

/**
 * Runs the program of a token once more, on the target given, and judges it by the token's requirement.
 * @throws UsageError where the device lacks a control that the program uses: it would say nothing there
 */
export async function replay(token: string, spec: TargetSpec, options: ReplayOptions): Promise<Replayed> {
  const { requirement: id, program } = readToken(token)
  const requirement = requirementOf(id)
  if (requirement === undefined) throw new UsageError(`The token is about ${id}, which this version does not know.`)
  const { allowLoginKeyring, beside = null } = options
  const here = await runOn(spec, program, requirement, allowLoginKeyring)
  const there = beside === null ? null : await runOn(beside, program, requirement, allowLoginKeyring)

  const { finding, history } = here
  const said = {
    broken: { sentence: `${id} fails again on ${spec.name}`, exit: 1 },
    held: { sentence: `${id} holds this time on ${spec.name}`, exit: 0 },
    vacuous: {
      sentence: `This program says nothing of ${id} on ${spec.name}: '${requirement.judges.join("' or '")}' did not occur beside its twin`,
      exit: 3,
    },
  }[finding.is]
  const failure =
    finding.is !== 'broken'
      ? null
      : failureRecord({
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
  const sentence =
    beside === null || there === null ? said.sentence : `${said.sentence}, ${besides[there.finding.is]} ${beside.name}`
  return {
    history,
    // The same program has the same token, with the version and the target that it had.
    failure: failure === null ? null : { ...failure, token },
    sentence: `${sentence}.`,
    exit: said.exit,
    ...(beside === null || there === null
      ? {}
      : { comparison: compare([spec.name, history], [beside.name, there.history]) }),
  }
}

const besides = { broken: 'and it fails on', held: 'and it holds on', vacuous: 'and it says nothing of it on' } as const

async function runOn(
  spec: TargetSpec,
  program: Program,
  requirement: Requirement,
  allowLoginKeyring: boolean,
): Promise<{ readonly history: History; readonly finding: Finding }> {
  await using target = await openTarget(spec, { allowLoginKeyring, cwd: process.cwd(), onProgress() {} })
  refuseProgram(program, target)
  const prefix = `holdfast-replay-${randomBytes(4).toString('hex')}`
  const history = await session(target, { prefix, deadlineMs }).run(program)
  return { history, finding: check(requirement, factsOf(history, target.description), target.description) }
}
