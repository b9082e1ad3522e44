import { allKnownBadFolders } from '../fixtures/known-bad-folders.ts'
import type { Proof } from '../harness/cli/engine.ts'

/** Known-bad vaults by the requirement whose check must catch them, for those who may not look into fixtures. */
export function proofs(): string {
  const by = new Map<string, Proof[]>()
  for (const { folder, vaults } of allKnownBadFolders)
    for (const [name, { breaks, change }] of Object.entries(vaults))
      by.set(breaks, [...(by.get(breaks) ?? []), { file: `fixtures/${folder}/${name}.ts`, change }])
  const sorted = Object.fromEntries([...by].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify(sorted, null, 2)}\n`
}
