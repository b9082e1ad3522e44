import type { AnyVaultModule } from '../../harness/contract/vault.ts'

/** A sound vault whose mutants are judged. */
export interface Subject {
  readonly name: string
  /** What its code is, from the root: what it says of itself is not part of it. */
  readonly files: readonly string[]
  /** The modules that make it, from the root, and the vaults that are made of what they export. */
  readonly entries: readonly string[]
  readonly vaults: (exports: Exports) => readonly AnyVaultModule[]
}
/** Of each entry in turn. */
export type Exports = readonly Readonly<Record<string, unknown>>[]

const made = (exported: unknown): AnyVaultModule => exported as AnyVaultModule

export const subjects: readonly Subject[] = [
  {
    name: 'sound store',
    files: ['fixtures/sound/sound-parts.ts', 'fixtures/sound/store.ts'],
    entries: ['fixtures/sound/store.ts', 'fixtures/sound/asking.ts'],
    vaults: (exports) => exports.map((one) => made(one.default)),
  },
  {
    name: 'sealed store',
    files: [
      ...['entry', 'header', 'kept', 'opened', 'opening', 'refusal', 'sealed-parts', 'store'].map(
        (name) => `fixtures/sealed/${name}.ts`,
      ),
      'fixtures/failure.ts',
    ],
    entries: ['fixtures/sealed/store.ts'],
    vaults: ([store]) => [made(store?.default)],
  },
]
