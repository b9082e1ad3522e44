import fc from 'fast-check'
import type { Program } from '../contract/program.ts'
import type { StreamRecord } from '../contract/stream.ts'
import type { Ground, Scenario } from '../scenarios/scenario.ts'
import { restoreCosts } from './restore-costs.ts'
import type { Target } from './target.ts'
import { medianOf, type Took } from './timed-session.ts'

/** Programs that are run to see what one takes. */
const samples = 2

export interface EstimateOptions {
  readonly target: string
  readonly scenarios: readonly Scenario[]
  readonly ground: Ground
  readonly seed: number
  /** Per scenario. */
  readonly programs: number
  /** That share them. */
  readonly phones: number
}
type Estimate = Extract<StreamRecord, { readonly type: 'estimate' }>

/**
 * How long the programs of a phone may take: what putting the vault back was measured to cost in each declared way, and
 * what a few programs of the run's own scenarios took. Leaves the device at the cheapest way. Null where the device has
 * no choice, or no way works, which its first program tells.
 */
export const estimate = async (
  { device, description }: Pick<Target, 'device' | 'description'>,
  run: (program: Program) => Promise<Took>,
  { target, scenarios, ground, seed, programs: each, phones }: EstimateOptions,
): Promise<Estimate | null> => {
  if (device.restoring === undefined) return null
  const { costs, cheapest } = await restoreCosts(
    description,
    device.restoring,
    async (program) => (await run(program)).restoreMs,
  )
  if (cheapest === null) return null
  const fitting = scenarios.filter((scenario) => scenario.fits(ground))
  const took: Took[] = []
  for (let sample = 0; sample < samples; sample++) {
    const scenario = fitting[Math.floor(((sample + 0.5) * fitting.length) / samples)]
    const [program] = scenario === undefined ? [] : fc.sample(scenario.program(ground), { seed, numRuns: 1 })
    if (program !== undefined) took.push(await run(program))
  }
  const programs = fitting.reduce((sum, { share = 1 }) => sum + each * share, 0)
  const restoreMs = medianOf([cheapest.ms, ...took.map((one) => one.restoreMs)])
  const programMs = took.length === 0 ? 0 : took.reduce((sum, one) => sum + one.programMs, 0) / took.length
  const totalMs = (programs * (restoreMs + programMs)) / phones
  const { way } = cheapest
  return { type: 'estimate', target, restoring: [...costs], way, restoreMs, programMs, programs, phones, totalMs }
}
