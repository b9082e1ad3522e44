import { knownBadVaults } from '../../fixtures/known-bad/index.ts'
import { knownBadApprovedVaults } from '../../fixtures/known-bad-approved/index.ts'
import { knownBadAuditLogs } from '../../fixtures/known-bad-audit/index.ts'
import { knownBadDatabases } from '../../fixtures/known-bad-database/index.ts'
import { knownBadAndroidVaults } from '../../fixtures/known-bad-phone/android/index.ts'
import { knownBadIosVaults } from '../../fixtures/known-bad-phone/ios/index.ts'
import { knownBadSealedVaults } from '../../fixtures/known-bad-sealed/index.ts'
import { knownBadSigners } from '../../fixtures/known-bad-signing/index.ts'
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

type Listed = AnyVaultModule & Pick<KnownBadRow, 'breaks' | 'change'>

const rows = (folder: string, vaults: Readonly<Record<string, Listed>>): readonly KnownBadInProcess[] =>
  Object.entries(vaults).map(([name, module]) => {
    const { breaks, change } = module
    return { name: `${folder}/${name}`, folder, breaks, change, module }
  })

/** Every known-bad vault that is run in this process, on simulated devices. */
export const knownBadInProcess: readonly KnownBadInProcess[] = [
  ...rows('known-bad', knownBadVaults),
  ...rows('known-bad-sealed', knownBadSealedVaults),
  ...rows('known-bad-database', knownBadDatabases),
  ...rows('known-bad-audit', knownBadAuditLogs),
  ...rows('known-bad-approved', knownBadApprovedVaults),
  ...rows('known-bad-signing', knownBadSigners),
  ...rows('known-bad-phone/android', knownBadAndroidVaults),
  ...rows('known-bad-phone/ios', knownBadIosVaults),
]
