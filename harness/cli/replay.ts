import { randomBytes } from 'node:crypto'
import type { History } from '../contract/history.ts'
import type { Program } from '../contract/program.ts'
import { failureRecord } from '../engine/failure-record.ts'
import { readToken } from '../engine/token.ts'
import { compare } from '../judging/compare.ts'
import { factsOf } from '../judging/facts.ts'
import { exemption } from '../judging/verdict.ts'
import { requirementOf } from '../requirements/index.ts'
import { check, type Finding, type Requirement } from '../requirements/requirement.ts'
import type { Replayed, ReplayOptions, TargetSpec } from './engine.ts'
import { openInThread } from './opened-target.ts'
import { refuseProgram } from './refuse-program.ts'
import { UsageError } from './usage-error.ts'
import { version } from './version.ts'
import { whyVacuous } from './why-vacuous.ts'

/**
 * Runs the program of a token once more, on the target given, and judges it by the token's requirement.
 * @throws UsageError where the device lacks a control that the program uses: it would say nothing there
 */
export async function replay(token: string, spec: TargetSpec, options: ReplayOptions): Promise<Replayed> {
  const { requirement: id, program } = readToken(token)
  const requirement = requirementOf(id)
  if (requirement === undefined) throw new UsageError(`The token is about ${id}, which this version does not know.`)
  const { beside = null } = options
  const here = await runOn(spec, program, requirement, options)
  const there = beside === null ? null : await runOn(beside, program, requirement, options).catch(whyOf)

  const { finding, history } = here
  const said = saidOf(finding, requirement, spec.name)
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
  const again = {
    history,
    // The same program has the same token, with the version and the target that it had.
    failure: failure === null ? null : { ...failure, token },
    exit: said.exit,
  }
  if (beside === null || there === null) return { ...again, sentence: `${said.sentence}.` }
  if ('why' in there)
    return { ...again, sentence: `${said.sentence}. With ${beside.name} nothing could be compared: ${there.why}` }
  return {
    ...again,
    sentence: `${said.sentence}, ${besides[there.finding.is]} ${beside.name}.`,
    comparison: compare([spec.name, history], [beside.name, there.history]),
  }
}

/** What came of a program, or why the requirement says nothing of such a vault. */
type Came = Finding | { readonly is: 'exempt'; readonly why: string }

function saidOf(finding: Came, requirement: Requirement, target: string) {
  const { id } = requirement
  switch (finding.is) {
    case 'broken':
      return { sentence: `${id} fails again on ${target}`, exit: 1 }
    case 'held':
      return { sentence: `${id} holds this time on ${target}`, exit: 0 }
    case 'exempt':
      return { sentence: `${id} does not apply to ${target}: ${finding.why}`, exit: 3 }
    case 'vacuous':
      return {
        sentence: `This program says nothing of ${id} on ${target}: ${whyVacuous(requirement, finding)}`,
        exit: 3,
      }
  }
}

/** What the other target lacks for a comparison; what happened here is told all the same. */
const whyOf = (error: unknown): { readonly why: string } => ({
  why: error instanceof Error ? error.message : String(error),
})

const besides = {
  broken: 'and it fails on',
  held: 'and it holds on',
  vacuous: 'and it says nothing of it on',
  exempt: 'and it does not apply to',
} as const

async function runOn(
  spec: TargetSpec,
  program: Program,
  requirement: Requirement,
  { allowLoginKeyring, patience }: ReplayOptions,
): Promise<{ readonly history: History; readonly finding: Came }> {
  const prefix = `holdfast-replay-${randomBytes(4).toString('hex')}`
  await using target = await openInThread(spec, { prefix, allowLoginKeyring, patience })
  refuseProgram(program, { name: spec.device, controls: target.controls })
  const { description } = target
  const history = await target.run(program)
  const why = exemption(requirement, description)
  if (why !== null) return { history, finding: { is: 'exempt', why } }
  return { history, finding: check(requirement, factsOf(history, description), description) }
}
