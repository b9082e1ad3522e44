import type { Description } from '../contract/description.ts'
import { DeviceFault } from '../contract/device.ts'
import type { Operation } from '../contract/operations.ts'
import type { Program } from '../contract/program.ts'
import type { RestoreCost, RestoreWay, Restoring } from '../contract/restoring.ts'
import { AdapterFault } from './target.ts'

const nothing: Program = { commands: [], schedule: [] }

/** Leaves an entry behind, where the vault keeps any. */
const leaving = ({ profiles }: Pick<Description, 'profiles'>): Program => {
  const name = profiles.includes('store') ? { name: 'a' } : {}
  const op: Operation = { op: 'put', ...name, value: { canary: 1, size: 16, kind: 'text' } }
  return { commands: [{ do: 'call', op }], schedule: [] }
}

/** Ways that ask something of the vault: they are no ways where it does not offer that. */
const offered = (way: RestoreWay, { restore }: Pick<Description, 'restore'>): boolean =>
  way === 'fresh-names' ? restore === 'namespace' : way === 'delete' ? restore !== 'namespace' : true

/** What each way to put a vault back costs, and the cheapest that works; null where none does. */
export interface RestoreCosts {
  readonly costs: readonly RestoreCost[]
  readonly cheapest: { readonly way: RestoreWay; readonly ms: number } | null
}

/**
 * Tries each way after a program that wrote something, and leaves the device at the cheapest that put the vault back.
 * @param run runs a program, and tells how many milliseconds went by until its first command could be done
 * @throws AdapterFault, DeviceFault where the target cannot go on
 */
export const restoreCosts = async (
  description: Pick<Description, 'profiles' | 'restore'>,
  { ways, use }: Restoring,
  run: (program: Program) => Promise<number>,
): Promise<RestoreCosts> => {
  const costs: RestoreCost[] = []
  const [only] = ways
  for (const way of ways) {
    if (!offered(way, description)) {
      costs.push({ is: 'fails', way, why: `the vault is restored by ${description.restore}` })
      continue
    }
    use(way)
    try {
      await run(leaving(description))
      costs.push({ is: 'works', way, ms: await run(nothing) })
    } catch (error) {
      if (error instanceof AdapterFault || error instanceof DeviceFault) throw error
      costs.push({ is: 'fails', way, why: error instanceof Error ? error.message : String(error) })
    }
  }
  const [cheapest = null] = costs
    .flatMap((cost) => (cost.is === 'works' ? [{ way: cost.way, ms: cost.ms }] : []))
    .sort((a, b) => a.ms - b.ms)
  // Where none works, the first one shows it in the first program, as a fault of restoring.
  use(cheapest?.way ?? only ?? 'fresh-names')
  return { costs, cheapest }
}
