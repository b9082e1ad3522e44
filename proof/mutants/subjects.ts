import type { AnyVaultModule } from '../../harness/contract/vault.ts'

/** A sound vault whose mutants are judged. */
export interface Subject {
  readonly name: string
  /** What its code is, from the root: what it says of itself is not part of it. */
  readonly files: readonly string[]
  /** The module that makes it, from the root, and the vaults that are made of it. */
  readonly entry: string
  readonly vaults: (made: Readonly<Record<string, unknown>>) => readonly AnyVaultModule[]
}

const made = (exported: unknown): AnyVaultModule => exported as AnyVaultModule
const built = (build: unknown): AnyVaultModule => (build as () => AnyVaultModule)()
const shared = ['fixtures/sound-phone/answers.ts', 'fixtures/sound-phone/calls.ts']

export const subjects: readonly Subject[] = [
  {
    name: 'sound store',
    files: ['fixtures/sound/sound-parts.ts', 'fixtures/sound/store.ts'],
    entry: 'fixtures/sound/store.ts',
    vaults: (exports) => [made(exports.default)],
  },
  {
    name: 'sealed store',
    files: ['entry', 'header', 'kept', 'opened', 'opening', 'refusal', 'sealed-parts', 'store'].map(
      (name) => `fixtures/sealed/${name}.ts`,
    ),
    entry: 'fixtures/sealed/store.ts',
    vaults: (exports) => [made(exports.default)],
  },
  {
    name: 'sound vault on Android',
    files: [
      ...['android-asker', 'android-sound-parts', 'android-stores', 'android'].map(
        (name) => `fixtures/sound-phone/${name}.ts`,
      ),
      ...shared,
    ],
    entry: 'fixtures/sound-phone/android.ts',
    vaults: (exports) => [made(exports.default), built(exports.soundAndroidInBackup)],
  },
  {
    name: 'sound vault on iOS',
    files: [
      ...['ios-defaults', 'ios-first-run', 'ios-sound-parts', 'ios'].map((name) => `fixtures/sound-phone/${name}.ts`),
      ...shared,
    ],
    entry: 'fixtures/sound-phone/ios.ts',
    vaults: (exports) => [made(exports.default), built(exports.soundIosNative), built(exports.soundIosPurging)],
  },
]
