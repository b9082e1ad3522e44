import { knownBadProcesses } from '../../fixtures/known-bad-process/index.ts'
import { exploredProcess, knownBadProcess } from '../../fixtures/process-exploration.ts'
import { budgetOf } from '../../harness/cli/wiring.ts'
import { killOf, type Tried } from './kill.ts'
import type { KnownBadRow } from './known-bad.ts'

/** Every known-bad vault that only a look at its process from outside shows. */
export const knownBadInProcesses: readonly KnownBadRow[] = Object.entries(knownBadProcesses).map(
  ([name, { breaks, change }]) => ({ name: `known-bad-process/${name}`, folder: 'known-bad-process', breaks, change }),
)

/** Why they cannot be looked at on this machine, or null. */
export const processesLack = (): string | null =>
  process.platform === 'linux' ? null : 'processes are looked at by /proc, which is of Linux'

/** Runs a known-bad process on this machine until the check it names catches it first. */
export async function triedProcess({ name, folder, breaks }: KnownBadRow, seed: number): Promise<Tried> {
  const command = knownBadProcess(name.slice(folder.length + 1))
  const { programs } = budgetOf('host', false)
  const kill = killOf(await exploredProcess(command, [breaks], { programs, until: breaks, seed }), breaks)
  return kill === null ? { seed, is: 'missed', by: [] } : { seed, is: 'killed', kill }
}
