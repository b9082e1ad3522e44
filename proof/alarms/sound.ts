import sealedStore from '../../fixtures/sealed/store.ts'
import askingStore from '../../fixtures/sound/asking.ts'
import soundStore from '../../fixtures/sound/store.ts'
import soundAndroid, { soundAndroidInBackup } from '../../fixtures/sound-phone/android.ts'
import soundIos, { soundIosNative, soundIosPurging } from '../../fixtures/sound-phone/ios.ts'
import soundSigning from '../../fixtures/sound-signing/signer.ts'
import { soundVariants } from '../../fixtures/sound-variants/index.ts'
import type { AnyVaultModule } from '../../harness/contract/vault.ts'
import referenceFips from '../../reference/fips-module.ts'
import referenceStore from '../../reference/module.ts'
import referenceAndroid from '../../reference/phone/android-module.ts'
import referenceIos from '../../reference/phone/ios-module.ts'
import referencePin from '../../reference/pin-module.ts'
import referenceSigningFips from '../../reference/signing-fips-module.ts'
import referenceSigning from '../../reference/signing-module.ts'

/** A vault with nothing wrong: no check may raise an alarm, but those that it says itself it does not heed. */
export interface Sound {
  readonly name: string
  readonly module: AnyVaultModule
  /** Ids of SHOULDs that its description says it does not follow. */
  readonly unheeded: readonly string[]
}

const sound = (name: string, module: AnyVaultModule, unheeded: readonly string[] = []): Sound => ({
  name,
  module,
  unheeded,
})

/** Every vault that must raise no alarm. */
export const soundVaults: readonly Sound[] = [
  sound('reference', referenceStore),
  sound('reference-pin', referencePin),
  sound('reference-fips', referenceFips),
  sound('reference-signing', referenceSigning),
  sound('reference-signing-fips', referenceSigningFips),
  sound('reference-android', referenceAndroid),
  sound('reference-ios', referenceIos),
  sound('sound', soundStore),
  sound('asking', askingStore),
  sound('sealed', sealedStore),
  sound('signing', soundSigning),
  sound('sound-android', soundAndroid),
  sound('sound-android-in-backup', soundAndroidInBackup(), ['BKP-02']),
  sound('sound-ios', soundIos),
  sound('sound-ios-native', soundIosNative()),
  sound('sound-ios-purging', soundIosPurging(), ['BKP-02']),
  ...Object.entries(soundVariants).map(([name, { module, unheeded }]) => sound(name, module, unheeded)),
]
