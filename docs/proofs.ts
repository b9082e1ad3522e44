import { knownBadVaults } from '../fixtures/known-bad/index.ts'
import { knownBadApprovedVaults } from '../fixtures/known-bad-approved/index.ts'
import { knownBadAuditLogs } from '../fixtures/known-bad-audit/index.ts'
import { knownBadDatabases } from '../fixtures/known-bad-database/index.ts'
import { knownBadAndroidVaults } from '../fixtures/known-bad-phone/android/index.ts'
import { knownBadIosVaults } from '../fixtures/known-bad-phone/ios/index.ts'
import { knownBadProcesses } from '../fixtures/known-bad-process/index.ts'
import { knownBadSealedVaults } from '../fixtures/known-bad-sealed/index.ts'
import { knownBadSigners } from '../fixtures/known-bad-signing/index.ts'
import type { Proof } from '../harness/cli/engine.ts'

/** Where the known-bad vaults are, and what each does wrong. */
const folders: Readonly<
  Record<string, Readonly<Record<string, { readonly breaks: string; readonly change: string }>>>
> = {
  'fixtures/known-bad': knownBadVaults,
  'fixtures/known-bad-sealed': knownBadSealedVaults,
  'fixtures/known-bad-database': knownBadDatabases,
  'fixtures/known-bad-process': knownBadProcesses,
  'fixtures/known-bad-audit': knownBadAuditLogs,
  'fixtures/known-bad-approved': knownBadApprovedVaults,
  'fixtures/known-bad-signing': knownBadSigners,
  'fixtures/known-bad-phone/android': knownBadAndroidVaults,
  'fixtures/known-bad-phone/ios': knownBadIosVaults,
}

/** Known-bad vaults by the requirement whose check must catch them, for those who may not look into fixtures. */
export function proofs(): string {
  const by = new Map<string, Proof[]>()
  for (const [folder, vaults] of Object.entries(folders))
    for (const [name, { breaks, change }] of Object.entries(vaults))
      by.set(breaks, [...(by.get(breaks) ?? []), { file: `${folder}/${name}.ts`, change }])
  const sorted = Object.fromEntries([...by].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify(sorted, null, 2)}\n`
}
