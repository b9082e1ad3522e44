import { knownBadFolders } from '../../fixtures/known-bad-folders.ts'
import type { AnyVaultModule } from '../../harness/contract/vault.ts'

/** A known-bad vault as the kill matrix has it. */
export interface KnownBadRow {
  /** `known-bad/stale-read-cache`: its file under fixtures, without the ending. */
  readonly name: string
  readonly folder: string
  /** Id of the requirement whose check must catch it. */
  readonly breaks: string
  readonly change: string
}
export interface KnownBadInProcess extends KnownBadRow {
  readonly module: AnyVaultModule
}

/** Every known-bad vault that is run in this process, on simulated devices. */
export const knownBadInProcess: readonly KnownBadInProcess[] = knownBadFolders.flatMap(({ folder, vaults }) =>
  Object.entries(vaults).map(([name, module]) => {
    const { breaks, change } = module
    return { name: `${folder}/${name}`, folder, breaks, change, module }
  }),
)
