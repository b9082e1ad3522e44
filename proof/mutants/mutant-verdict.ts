import type { Program } from '../../harness/contract/program.ts'
import type { AnyVaultModule } from '../../harness/contract/vault.ts'
import { soundVaults } from '../alarms/sound.ts'
import { activate, type Instrumented, instrument, load, takeMet } from './instrumented.ts'
import { programsOf, type Verdict, verdictOn } from './programs.ts'
import type { Subject } from './subjects.ts'

/** What the suite makes of a mutant. */
export type MutantVerdict =
  | { readonly is: 'failed'; readonly by: string }
  | { readonly is: 'crashed'; readonly why: string }
  /** Nothing fails, but requirements that the vault without it passes are passed no more. */
  | { readonly is: 'silenced'; readonly ids: readonly string[] }
  | { readonly is: 'survived' }
  /** No program comes where it is. */
  | { readonly is: 'unmet' }

interface Ready {
  readonly programs: readonly Program[]
  readonly unheeded: readonly string[]
  readonly held: ReadonlySet<string>
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
  for (const id of takeMet()) met.add(id)

  const vaultsWith = async (id: string): Promise<readonly AnyVaultModule[]> => {
    if (!early.has(id)) return whole
    return subject.vaults(await load(subject, instrumented))
  }
  const judged = async (id: string): Promise<MutantVerdict> => {
    activate(id)
    const silenced = new Set<string>()
    for (const [at, vault] of (await vaultsWith(id)).entries()) {
      const as = ready[at]
      if (as === undefined) return { is: 'crashed', why: 'there are other vaults' }
      const verdict = await safely(() => verdictOn(vault, as.programs, as.unheeded, () => activate(id)))
      if (verdict.is !== 'held') return verdict
      for (const held of as.held) if (!verdict.held.has(held)) silenced.add(held)
    }
    return silenced.size === 0 ? { is: 'survived' } : { is: 'silenced', ids: [...silenced].sort() }
  }
  return {
    instrumented,
    async verdict(id) {
      if (!met.has(id)) return { is: 'unmet' }
      try {
        return await judged(id)
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
  const programs = programsOf(vault, perScenario)
  const unheeded = soundVaults.find((sound) => sound.module.description.name === name)?.unheeded ?? []
  const verdict = await verdictOn(vault, programs, unheeded, () => {})
  if (verdict.is !== 'held') throw new Error(`${name} does not pass without a mutant: ${JSON.stringify(verdict)}`)
  return { programs, unheeded, held: verdict.held }
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
