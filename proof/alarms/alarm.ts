import { explored } from '../../fixtures/exploration.ts'
import type { Program } from '../../harness/contract/program.ts'
import type { Sound } from './sound.ts'

/** A check that failed a vault with nothing wrong. */
export interface Alarm {
  readonly seed: number
  readonly requirement: string
  readonly scenario: string
  readonly expected: string
  readonly seen: string
  /** What raises it, shrunk. */
  readonly program: Program
}

/** What some seeds of one program per scenario came to. */
export interface Quiet {
  readonly name: string
  readonly seeds: number
  readonly programs: number
  readonly commands: number
  readonly alarms: readonly Alarm[]
}

/** Runs one program per scenario with each seed: of a scenario that has several times the share of others, as many. */
export async function alarmsOf({ name, module, unheeded }: Sound, seeds: readonly number[]): Promise<Quiet> {
  const alarms: Alarm[] = []
  let programs = 0
  let commands = 0
  for (const seed of seeds) {
    const { found, counts } = await explored(module, { seed, programs: 1 })
    for (const count of counts) {
      programs += count.programs
      commands += Object.values(count.commands).reduce((sum, times) => sum + times, 0)
    }
    for (const { requirement, scenario, finding, history } of found)
      if (!unheeded.includes(requirement.id))
        alarms.push({
          seed,
          requirement: requirement.id,
          scenario: scenario.id,
          expected: finding.breach.expected,
          seen: finding.breach.seen,
          program: history.program,
        })
  }
  return { name, seeds: seeds.length, programs, commands, alarms }
}

/** Parts of one vault's seeds, put together. */
export function together(name: string, parts: readonly Quiet[]): Quiet {
  const mine = parts.filter((part) => part.name === name)
  const sum = (of: (part: Quiet) => number) => mine.reduce((total, part) => total + of(part), 0)
  return {
    name,
    seeds: sum(({ seeds }) => seeds),
    programs: sum(({ programs }) => programs),
    commands: sum(({ commands }) => commands),
    alarms: mine.flatMap(({ alarms }) => alarms),
  }
}
