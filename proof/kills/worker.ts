import { serveTasks } from '../in-workers.ts'
import { type Tried, tried } from './kill.ts'
import { knownBadInProcess } from './known-bad.ts'

/** Some seeds of one known-bad vault, by its name. */
export interface KillTask {
  readonly name: string
  readonly seeds: readonly number[]
  readonly scenario: string | undefined
}
export interface KillResult {
  readonly name: string
  readonly tried: readonly Tried[]
}

serveTasks(async ({ name, seeds, scenario }: KillTask): Promise<KillResult> => {
  const bad = knownBadInProcess.find((row) => row.name === name)
  if (bad === undefined) throw new Error(`No known-bad vault is called ${name}.`)
  const all: Tried[] = []
  for (const seed of seeds) all.push(await tried(bad, seed, scenario))
  return { name, tried: all }
})
