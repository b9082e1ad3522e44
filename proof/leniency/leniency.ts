import fc from 'fast-check'
import { applicable } from '../../fixtures/exploration.ts'
import { deviceFor } from '../../fixtures/simulated-device.ts'
import { budgetOf } from '../../harness/cli/wiring.ts'
import { type Code, codes } from '../../harness/contract/codes.ts'
import type { Event, History } from '../../harness/contract/history.ts'
import { session } from '../../harness/engine/session.ts'
import { inProcessTarget } from '../../harness/engine/target.ts'
import type { Facts } from '../../harness/judging/call-fact.ts'
import { factsOf } from '../../harness/judging/facts.ts'
import { check } from '../../harness/requirements/requirement.ts'
import { scenarios } from '../../harness/scenarios/index.ts'
import type { Sound } from '../alarms/sound.ts'

/** By operation and situation, as `get in read-after-kill`: codes, each with where it was met first. */
export type Codes = Map<string, Map<Code, string>>

export interface Leniency {
  /** Codes that no check fails a call for. */
  readonly allowed: Codes
  /** Codes that a vault with nothing wrong gave. */
  readonly given: Codes
}

const all = Object.keys(codes) as Code[]
/** How often one vault's calls of the same kind are tried with every code. */
const triesOfAKind = 4

export const nothingYet = (): Leniency => ({ allowed: new Map(), given: new Map() })

function add(to: Codes, key: string, code: Code, where: string): void {
  const known = to.get(key) ?? new Map<Code, string>()
  if (!known.has(code)) known.set(code, where)
  to.set(key, known)
}

/** Adds what another vault showed. */
export function join(one: Leniency, other: Leniency): void {
  for (const part of ['allowed', 'given'] as const)
    for (const [key, met] of other[part]) for (const [code, where] of met) add(one[part], key, code, where)
}

/** The history up to a call's return, in which that call ended by this code. */
function endedBy({ program, events, ended }: History, at: number, code: Code): History {
  const end = events[at]
  if (end?.type !== 'return') throw new Error(`event ${at} is no return`)
  const other: Event = { ...end, outcome: { is: 'fail', failure: { code } } }
  const told = events.slice(at + 1).filter(({ type }) => type === 'observation')
  return { program, ended, events: [...events.slice(0, at), other, ...told] }
}

/**
 * Runs programs on a vault with nothing wrong, and each history again with another code in the place of what a call came
 * to: the codes for which no check fails it are those that it may give.
 */
export async function leniencyOf({ name, module }: Sound, seed: number, programs: number): Promise<Leniency> {
  const { description } = module
  const device = deviceFor(module)
  const requirements = applicable(module)
  const judged = new Set(requirements.flatMap(({ judges }) => judges))
  const ground = { description, controls: device.controls, commands: budgetOf('model', false).commands }
  const run = session(inProcessTarget(module, device), { prefix: 'holdfast', deadlineMs: 1000 })
  const leniency = nothingYet()
  const tried = new Map<string, number>()

  const kinds = (facts: Facts, call: number): readonly string[] =>
    [...facts.met].flatMap(([situation, met]) => {
      const mine = judged.has(situation) ? met.find((one) => one.call?.call === call) : undefined
      return mine?.call === undefined || mine.call === null ? [] : [`${mine.call.op.op} in ${situation}`]
    })
  const look = (history: History, scenario: string) => {
    const facts = factsOf(history, description)
    for (const [at, event] of history.events.entries()) {
      if (event.type !== 'return' || event.again || event.outcome.is === 'info') continue
      const { call, outcome } = event
      const where = `${name}, scenario ${scenario}: ${JSON.stringify(history.program.commands[event.command])}`
      const of = kinds(facts, call)
      if (outcome.is === 'fail') for (const kind of of) add(leniency.given, kind, outcome.failure.code, where)
      const times = tried.get(of.join()) ?? 0
      if (of.length === 0 || times >= triesOfAKind) continue
      tried.set(of.join(), times + 1)
      for (const code of all) {
        const other = factsOf(endedBy(history, at, code), description)
        if (requirements.some((requirement) => check(requirement, other, description).is === 'broken')) continue
        for (const kind of kinds(other, call)) add(leniency.allowed, kind, code, where)
      }
    }
  }
  for (const scenario of scenarios.filter(({ fits }) => fits(ground)))
    for (const program of fc.sample(scenario.program(ground), { seed, numRuns: programs * (scenario.share ?? 1) }))
      look(await run.run(program), scenario.id)
  return leniency
}

/** What may be given in an allowed set and was given by nobody. A set with more codes than this is none. */
const mostOfASet = 12

export interface Unproven {
  readonly kind: string
  readonly code: Code
  readonly where: string
}

/** Members of allowed sets that no vault with nothing wrong gave. */
export const unproven = ({ allowed, given }: Leniency): readonly Unproven[] =>
  [...allowed]
    .filter(([, met]) => met.size <= mostOfASet)
    .flatMap(([kind, met]) =>
      [...met].filter(([code]) => given.get(kind)?.has(code) !== true).map(([code, where]) => ({ kind, code, where })),
    )
    .sort((one, other) => (`${one.kind} ${one.code}` < `${other.kind} ${other.code}` ? -1 : 1))
