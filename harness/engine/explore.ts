import fc from 'fast-check'
import type { History } from '../contract/history.ts'
import type { Program } from '../contract/program.ts'
import type { Effort } from '../contract/stream.ts'
import { factsOf } from '../judging/facts.ts'
import { check, type Finding, type Requirement } from '../requirements/requirement.ts'
import type { Ground, Scenario } from '../scenarios/scenario.ts'
import type { Session } from './session.ts'
import { shrink } from './shrink.ts'

/** What one scenario did. */
export interface ScenarioCount {
  readonly scenario: string
  readonly programs: number
  readonly commands: Readonly<Record<string, number>>
  readonly skipped: number
  readonly situations: Readonly<Record<string, number>>
  readonly cut: string | null
}

/** A failure, shrunk. */
export interface Found {
  readonly requirement: Requirement
  readonly scenario: Scenario
  readonly finding: Finding & { is: 'broken' }
  readonly history: History
  readonly foundWith: number
  readonly shrinkRuns: number
  readonly confirmed: { readonly of: number; readonly failed: number } | null
}

export interface ExploreOptions {
  readonly requirements: readonly Requirement[]
  readonly scenarios: readonly Scenario[]
  readonly ground: Ground
  readonly seed: number
  /** Per scenario. */
  readonly programs: number
  /** Executions that shrinking one failure may take. */
  readonly shrinkRuns: number
  /** How often a failure is replayed where runs may differ; 0 where they cannot. */
  readonly replays: number
  /** Why to stop now, or null. */
  readonly cut: () => string | null
  /** Stop at the first failure of this requirement: for kill matrices. */
  readonly until?: string
}

export type Step =
  | { readonly step: 'progress'; readonly scenario: string; readonly programs: number; readonly of: number }
  | { readonly step: 'scenario'; readonly count: ScenarioCount }
  | { readonly step: 'found'; readonly found: Found }

/** What every requirement got out of all programs. */
export interface Ledger {
  readonly effort: ReadonlyMap<string, Effort>
  /** Histories in which it held: situation and twin side by side. */
  readonly held: ReadonlyMap<string, number>
  readonly failed: ReadonlySet<string>
}

interface Raw {
  readonly requirement: Requirement
  readonly scenario: Scenario
  readonly finding: Finding & { is: 'broken' }
  readonly program: Program
  readonly history: History
}

/** The seed of one scenario: its own stream, so that adding a scenario changes no other. */
function seedOf(seed: number, scenario: string): number {
  let mixed = seed | 0
  for (const letter of scenario) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193)
  return mixed
}

/**
 * Runs every scenario and keeps the first program of each failure, then shrinks each under "same requirement, same
 * fingerprint". Never throws for what a vault does; rejects only when target or harness cannot go on.
 */
export async function* explore(session: Session, options: ExploreOptions): AsyncGenerator<Step, Ledger> {
  const { requirements, ground } = options
  const effort = new Map(requirements.map(({ id }) => [id, { programs: 0, situations: 0, twins: 0 }]))
  const held = new Map<string, number>()
  const raws = new Map<string, Raw>()

  const judge = (scenario: Scenario, program: Program, history: History, count: Record<string, number>) => {
    const facts = factsOf(history, ground.description)
    for (const [situation, occurrences] of facts.met) count[situation] = (count[situation] ?? 0) + occurrences.length
    for (const requirement of requirements) {
      const finding = check(requirement, facts, ground.description)
      const spent = effort.get(requirement.id)
      if (spent !== undefined) {
        spent.programs++
        if (finding.is === 'held') {
          spent.situations += finding.witnesses
          spent.twins += finding.twins
          held.set(requirement.id, (held.get(requirement.id) ?? 0) + 1)
        } else if (finding.is === 'vacuous') spent.situations += finding.witnesses
        else spent.situations++
      }
      if (finding.is === 'broken' && !raws.has(finding.fingerprint))
        raws.set(finding.fingerprint, { requirement, scenario, finding, program, history })
    }
  }

  for (const scenario of options.scenarios.filter((candidate) => candidate.fits(ground))) {
    const commands: Record<string, number> = {}
    const situations: Record<string, number> = {}
    let skipped = 0
    let done = 0
    let why: string | null = null
    const generated = fc.sample(scenario.program(ground), {
      seed: seedOf(options.seed, scenario.id),
      numRuns: options.programs,
    })
    for (const program of generated) {
      why = options.cut()
      if (why !== null) break
      const history = await session.run(program)
      done++
      skipped += tally(history, commands)
      judge(scenario, program, history, situations)
      if (options.until !== undefined && [...raws.values()].some(({ requirement }) => requirement.id === options.until))
        break
      if (done % 10 === 0) yield { step: 'progress', scenario: scenario.id, programs: done, of: options.programs }
    }
    yield {
      step: 'scenario',
      count: { scenario: scenario.id, programs: done, commands, skipped, situations, cut: why },
    }
    if (
      options.until !== undefined &&
      raws.size > 0 &&
      [...raws.values()].some(({ requirement }) => requirement.id === options.until)
    )
      break
  }
  for (const raw of raws.values()) {
    if (options.until !== undefined && raw.requirement.id !== options.until) continue
    yield { step: 'found', found: await reduce(session, raw, options) }
  }
  return { effort, held, failed: new Set([...raws.values()].map(({ requirement }) => requirement.id)) }
}

function tally(history: History, commands: Record<string, number>): number {
  for (const command of history.program.commands) {
    const name = command.do === 'control' ? command.control.control : `${command.do} ${command.op.op}`
    commands[name] = (commands[name] ?? 0) + 1
  }
  return history.events.filter(
    (event) => event.type === 'skipped' || (event.type === 'control' && event.result === 'skipped'),
  ).length
}

async function reduce(session: Session, raw: Raw, options: ExploreOptions): Promise<Found> {
  const { requirement, scenario, finding: first } = raw
  const { description } = options.ground
  let last = { finding: first, history: raw.history }
  const fails = async (candidate: Program): Promise<boolean> => {
    if (options.cut() !== null) return false
    const history = await session.run(candidate)
    const finding = check(requirement, factsOf(history, description), description)
    const same = finding.is === 'broken' && finding.fingerprint === first.fingerprint
    if (same) last = { finding, history }
    return same
  }
  const shrunk = await shrink(scenario.program(options.ground), raw.program, options.shrinkRuns, fails)
  let failed = 0
  for (let replay = 0; replay < options.replays; replay++) if (await fails(shrunk.program)) failed++
  return {
    requirement,
    scenario,
    finding: last.finding,
    history: last.history,
    foundWith: raw.program.commands.length,
    shrinkRuns: shrunk.runs,
    confirmed: options.replays === 0 ? null : { of: options.replays, failed },
  }
}
