import fc from 'fast-check'
import type { Event, History } from '../contract/history.ts'
import type { Program } from '../contract/program.ts'
import type { Effort } from '../contract/stream.ts'
import { factsOf } from '../judging/facts.ts'
import { canOccur } from '../judging/occurs.ts'
import { check, type Requirement } from '../requirements/requirement.ts'
import type { Ground, Scenario } from '../scenarios/scenario.ts'
import { type Counted, type Counting, counting } from './counting.ts'
import { type Failing, type Reduced, reduce } from './reduce.ts'
import { ProgramLost, type Session } from './session.ts'

/** What one scenario did. */
export interface ScenarioCount extends Counted {
  readonly scenario: string
  readonly programs: number
  readonly cut: string | null
}

/** A failure, shrunk. */
export interface Found extends Reduced {
  readonly requirement: Requirement
  readonly scenario: Scenario
  /** The program as it was found. */
  readonly unshrunk: Program
}

export interface ExploreOptions {
  readonly requirements: readonly Requirement[]
  readonly scenarios: readonly Scenario[]
  readonly ground: Ground
  readonly seed: number
  /** Per scenario. */
  readonly programs: number
  /** Executions that shrinking one failure may take; with 0 it is told as it was found. */
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

interface Raw extends Failing {
  readonly scenario: Scenario
}

/** Calls that may hang, each for its whole deadline, before no new program begins on a target. */
const mostHung = 12

/** The seed of one scenario: its own stream, so that adding a scenario changes no other. */
function seedOf(seed: number, scenario: string): number {
  let mixed = seed | 0
  for (const letter of scenario) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193)
  return mixed
}

/** Programs made at once: a number that is asked for may be far larger than what there is time or memory for. */
const batch = 2000

const programsOf = ({ share = 1 }: Scenario, { programs }: ExploreOptions): number => programs * share

function* generated(scenario: Scenario, options: ExploreOptions): Generator<Program> {
  const { ground, seed } = options
  const programs = programsOf(scenario, options)
  for (let from = 0; from < programs; from += batch)
    yield* fc.sample(scenario.program(ground), {
      seed: seedOf(seed, from === 0 ? scenario.id : `${scenario.id} ${from}`),
      numRuns: Math.min(batch, programs - from),
    })
}

/**
 * Runs every scenario and keeps the first program of each failure, then shrinks each under "same requirement, same
 * fingerprint". Never throws for what a vault does; rejects only when target or harness cannot go on, and gives what
 * was found until then first, as it was found.
 */
export async function* explore(session: Session, options: ExploreOptions): AsyncGenerator<Step, Ledger> {
  const { requirements, ground } = options
  const effort = new Map(requirements.map(({ id }) => [id, { programs: 0, situations: 0, twins: 0 }]))
  const held = new Map<string, number>()
  const raws = new Map<string, Raw>()
  let hung = 0
  const cut = (): string | null =>
    options.cut() ?? (hung < mostHung ? null : `${hung} calls hung until their deadline, each held up the run`)

  const wanted = new Set(
    requirements.flatMap(({ judges }) => judges.filter((situation) => canOccur(situation, ground))),
  )

  const judge = (scenario: Scenario, program: Program, history: History, counts: Counting) => {
    const facts = factsOf(history, ground.description)
    counts.take(history, facts)
    for (const requirement of requirements) {
      const spent = effort.get(requirement.id)
      if (spent !== undefined) spent.programs++
      // Most of what can be asked is not met in one program.
      if (!requirement.judges.some((situation) => facts.met.has(situation))) continue
      const finding = check(requirement, facts, ground.description)
      if (spent !== undefined) {
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

  let fault = null as { readonly error: unknown } | null
  let lost: string[] = []
  /** Null where it could not be run. */
  const ran = async (program: Program): Promise<History | null> => {
    if (fault !== null) return null
    try {
      const history = await session.run(program)
      for (const event of history.events) if (hangs(event)) hung++
      return history
    } catch (error) {
      if (error instanceof ProgramLost) lost.push(error.message)
      else fault ??= { error }
      return null
    }
  }

  for (const scenario of options.scenarios.filter((candidate) => candidate.fits(ground))) {
    const counts = counting(wanted)
    let done = 0
    let why: string | null = null
    lost = []
    // Several phones are at it at once; what they bring is judged in the order in which it was asked for.
    for await (const { program, history } of inOrder(generated(scenario, options), session.atOnce ?? 1, ran, () => {
      why = cut()
      return why !== null || fault !== null
    })) {
      if (history === null) continue
      done++
      judge(scenario, program, history, counts)
      if (options.until !== undefined && [...raws.values()].some(({ requirement }) => requirement.id === options.until))
        break
      if (done % 10 === 0)
        yield { step: 'progress', scenario: scenario.id, programs: done, of: programsOf(scenario, options) }
    }
    const [away] = lost
    if (away !== undefined)
      why ??= `${lost.length} of its programs went away with a phone, and nobody knows what they did: ${away}`
    if (fault !== null) why = fault.error instanceof Error ? fault.error.message : String(fault.error)
    yield { step: 'scenario', count: { scenario: scenario.id, programs: done, ...counts.counted, cut: why } }
    if (fault !== null) break
    if (
      options.until !== undefined &&
      raws.size > 0 &&
      [...raws.values()].some(({ requirement }) => requirement.id === options.until)
    )
      break
  }
  for (const raw of raws.values()) {
    if (options.until !== undefined && raw.requirement.id !== options.until) continue
    if (fault !== null || options.shrinkRuns === 0) {
      yield { step: 'found', found: asFound(raw, options) }
      continue
    }
    const { shrinkRuns, replays } = options
    const reduced = await reduce(ran, raw, {
      description: ground.description,
      arbitrary: raw.scenario.program(ground),
      shrinkRuns,
      replays,
      cut,
    })
    yield { step: 'found', found: { ...raw, unshrunk: raw.program, ...reduced } }
  }
  if (fault !== null) throw fault.error
  return { effort, held, failed: new Set([...raws.values()].map(({ requirement }) => requirement.id)) }
}

/** Asks for so many programs at once, and gives what came of each in their own order. */
async function* inOrder(
  programs: Iterable<Program>,
  atOnce: number,
  run: (program: Program) => Promise<History | null>,
  stop: () => boolean,
): AsyncGenerator<{ readonly program: Program; readonly history: History | null }> {
  const asked: { readonly program: Program; readonly history: Promise<History | null> }[] = []
  for (const program of programs) {
    if (stop()) break
    asked.push({ program, history: run(program) })
    const first = asked.length < atOnce ? undefined : asked.shift()
    if (first !== undefined) yield { program: first.program, history: await first.history }
  }
  for (const { program, history } of asked) yield { program, history: await history }
}

const hangs = (event: Event): boolean =>
  event.type === 'return' && event.outcome.is === 'info' && event.outcome.why === 'deadline'

/** A failure that could not be tried again, or need not be. */
const asFound = (raw: Raw, options: ExploreOptions): Found => ({
  ...raw,
  unshrunk: raw.program,
  shrinkRuns: 0,
  confirmed: options.replays === 0 ? null : { of: 0, failed: 0 },
})
