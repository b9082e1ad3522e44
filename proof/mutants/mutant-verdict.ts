import type { Program } from '../../harness/contract/program.ts'
import type { AnyVaultModule } from '../../harness/contract/vault.ts'
import { soundVaults } from '../alarms/sound.ts'
import { activate, type Instrumented, instrument, load, takeMet } from './instrumented.ts'
import { type Listener, programsOf, type Verdict, verdictOn } from './programs.ts'
import { reasonOf } from './reason.ts'
import type { Subject } from './subjects.ts'

/**
 * Programs that a mutant is run by at first, of those that come where it is: the first ones, in which all scenarios take turns.
 * One that lives without a reason is then run by all of them.
 */
export const firstPrograms = 250

/** What the suite makes of a mutant. */
export type MutantVerdict =
  | { readonly is: 'failed'; readonly by: string }
  | { readonly is: 'crashed'; readonly why: string }
  /** Nothing fails, but requirements that the vault without it passes are passed no more. */
  | { readonly is: 'silenced'; readonly ids: readonly string[] }
  | { readonly is: 'survived' }
  /** No program comes where it is. */
  | { readonly is: 'unmet' }

/** One program of a vault without any mutant: which mutants lie on its way, and what held in it. */
interface Walked {
  readonly program: Program
  readonly met: ReadonlySet<string>
  readonly held: readonly string[]
}
interface Ready {
  readonly unheeded: readonly string[]
  readonly walked: readonly Walked[]
}

/**
 * Judges the mutants of one subject, one at a time.
 * @param perScenario programs of each scenario
 */
export async function mutantsOf(
  subject: Subject,
  perScenario: number,
): Promise<{
  readonly instrumented: Instrumented
  verdict(id: string): Promise<MutantVerdict>
}> {
  const instrumented = await instrument(subject)
  activate(null)
  const whole = subject.vaults(await load(subject, instrumented))
  const met = new Set(takeMet())
  // What is decided when the module is loaded needs it loaded again.
  const early = new Set(met)
  const ready: Ready[] = []
  for (const vault of whole) ready.push(await readied(vault, perScenario))
  for (const { walked } of ready) for (const one of walked) for (const id of one.met) met.add(id)

  const vaultsWith = async (id: string): Promise<readonly AnyVaultModule[]> => {
    if (!early.has(id)) return whole
    return subject.vaults(await load(subject, instrumented))
  }
  const judged = async (id: string, most: number): Promise<MutantVerdict> => {
    activate(id)
    const silenced = new Set<string>()
    for (const [at, vault] of (await vaultsWith(id)).entries()) {
      const as = ready[at]
      if (as === undefined) return { is: 'crashed', why: 'there are other vaults' }
      // A program that does not come where the mutant is goes as it went.
      const reached = as.walked.filter(({ met }) => early.has(id) || met.has(id)).slice(0, most)
      const lost = new Set(as.walked.flatMap(({ held }) => held))
      const gone = new Set(reached)
      for (const one of as.walked) if (!gone.has(one)) for (const held of one.held) lost.delete(held)
      const programs = reached.map(({ program }) => program)
      const after = (_: Program, held: readonly string[]) => {
        for (const still of held) lost.delete(still)
      }
      const verdict = await safely(() => verdictOn(vault, programs, as.unheeded, { before: () => activate(id), after }))
      if (verdict.is !== 'held') return verdict
      for (const requirement of lost) silenced.add(requirement)
    }
    return silenced.size === 0 ? { is: 'survived' } : { is: 'silenced', ids: [...silenced].sort() }
  }
  return {
    instrumented,
    async verdict(id) {
      if (!met.has(id)) return { is: 'unmet' }
      try {
        const first = await judged(id, firstPrograms)
        const mutant = instrumented.mutants.find((one) => one.id === id)
        return first.is === 'survived' && mutant !== undefined && reasonOf(mutant) === null
          ? await judged(id, Infinity)
          : first
      } catch (error) {
        return { is: 'crashed', why: error instanceof Error ? error.message : String(error) }
      } finally {
        activate(null)
      }
    },
  }
}

/** @throws where the vault without any mutant does not pass */
async function readied(vault: AnyVaultModule, perScenario: number): Promise<Ready> {
  const { name } = vault.description
  const unheeded = soundVaults.find((sound) => sound.module.description.name === name)?.unheeded ?? []
  const walked: Walked[] = []
  const listener: Listener = {
    before() {},
    after: (program, held) => void walked.push({ program, held, met: takeMet() }),
  }
  const verdict = await verdictOn(vault, programsOf(vault, perScenario), unheeded, listener)
  if (verdict.is !== 'held') throw new Error(`${name} does not pass without a mutant: ${JSON.stringify(verdict)}`)
  return { unheeded, walked }
}

/** What nobody waits for may fail, too. */
async function safely(work: () => Promise<Verdict>): Promise<Verdict> {
  const loose: unknown[] = []
  const caught = (error: unknown) => void loose.push(error)
  process.on('unhandledRejection', caught).on('uncaughtException', caught)
  try {
    const verdict = await work()
    await new Promise((resolve) => setImmediate(resolve))
    return verdict.is === 'held' && loose.length > 0 ? { is: 'crashed', why: String(loose[0]) } : verdict
  } finally {
    process.off('unhandledRejection', caught).off('uncaughtException', caught)
  }
}
