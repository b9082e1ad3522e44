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
const built = (build: unknown): AnyVaultModule => (build as () => AnyVaultModule)()
const shared = ['fixtures/sound-phone/answers.ts', 'fixtures/sound-phone/calls.ts']

export const subjects: readonly Subject[] = [
  {
    name: 'sound store',
    files: ['fixtures/sound/sound-parts.ts', 'fixtures/sound/store.ts'],
    entries: ['fixtures/sound/store.ts', 'fixtures/sound/asking.ts'],
    vaults: (exports) => exports.map((one) => made(one.default)),
  },
  {
    name: 'sealed store',
    files: ['entry', 'header', 'kept', 'opened', 'opening', 'refusal', 'sealed-parts', 'store'].map(
      (name) => `fixtures/sealed/${name}.ts`,
    ),
    entries: ['fixtures/sealed/store.ts'],
    vaults: ([store]) => [made(store?.default)],
  },
  {
    name: 'sound vault on Android',
    files: [
      ...['android-asker', 'android-sound-parts', 'android-stores', 'android'].map(
        (name) => `fixtures/sound-phone/${name}.ts`,
      ),
      ...shared,
    ],
    entries: ['fixtures/sound-phone/android.ts'],
    vaults: ([android]) => [made(android?.default), built(android?.soundAndroidInBackup)],
  },
  {
    name: 'sound vault on iOS',
    files: [...['ios-first-run', 'ios-sound-parts', 'ios'].map((name) => `fixtures/sound-phone/${name}.ts`), ...shared],
    entries: ['fixtures/sound-phone/ios.ts'],
    vaults: ([ios]) => [made(ios?.default), built(ios?.soundIosNative), built(ios?.soundIosPurging)],
  },
]
