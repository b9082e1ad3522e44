import type { PhoneProfile } from '../../../harness/contract/controls.ts'

export type AndroidProfile = Extract<PhoneProfile, `android-${string}`>

/** How a kind of phone behaves where kinds differ. */
export interface PhoneRules {
  /** `Build.VERSION.SDK_INT`. */
  readonly api: number
  /** Whether there are a strong and a weak face sensor beside the fingerprint sensor. */
  readonly faces: boolean
  readonly strongBox: boolean
  /**
   * How a key shows that the screen lock that it belonged to is gone: `getKey` gives null, `getKey` throws
   * UnrecoverableKeyException without a cause, or `Cipher.init` throws KeyPermanentlyInvalidatedException.
   */
  readonly lostLock: 'no-key' | 'unrecoverable-key' | 'invalidated-at-init'
  readonly fault: PhoneFault | null
}
export type PhoneFault =
  | 'removed-finger-mutes'
  | 'late-invalidation'
  | 'update-breaks-keys'
  | 'unlocked-device-keys-deleted'
  | 'screen-lock-wipes'
  | 'enrolment-unnoticed'

export interface ProfileRow {
  readonly rules: PhoneRules
  /** What it does, for people. */
  readonly what: string
  /** Who saw it, on what. */
  readonly seenBy: string
  readonly source: string
  /** What of it is not confirmed, but plausible. No verdict may rest on it. */
  readonly gap: string | null
}

const gapOfShapes = 'which API level shows which of the three shapes of a key whose screen lock is gone'

/** Every kind of Android phone that `use-phone` knows. The first is what a program begins with. */
export const profiles: Readonly<Record<AndroidProfile, ProfileRow>> = {
  'android-34': {
    rules: { api: 34, faces: true, strongBox: true, lostLock: 'no-key', fault: null },
    what:
      'The newest, without faults. A key whose screen lock is gone is no longer there: `getKey` gives null. ' +
      'KeyStoreException has numbers.',
    seenBy: 'the source of Android: KeyStore2ParameterUtils, KeyStoreCryptoOperationUtils, KeyStoreException',
    source: 'https://source.android.com/docs/security/features/authentication',
    gap: gapOfShapes,
  },
  'android-30': {
    rules: { api: 30, faces: true, strongBox: true, lostLock: 'unrecoverable-key', fault: null },
    what:
      'An older system. KeyStoreException has no numbers yet. A key whose screen lock is gone makes `getKey` throw ' +
      'UnrecoverableKeyException without a cause.',
    seenBy: 'the source of Android: AndroidKeyStoreSpi.engineGetKey rewraps what the provider throws',
    source: 'https://developer.android.com/reference/android/security/KeyStoreException',
    gap: gapOfShapes,
  },
  'android-28': {
    rules: { api: 28, faces: false, strongBox: false, lostLock: 'invalidated-at-init', fault: null },
    what:
      'An old system: fingerprints only; no CryptoObject together with the device credential; a strong finger or the ' +
      'device credential cannot be asked for in one prompt, and the device credential not alone; `canAuthenticate` says ' +
      '-1 (unknown) where no finger is enrolled. A key whose screen lock is gone fails at `Cipher.init`.',
    seenBy: 'the source of androidx.biometric: AuthenticatorUtils, BiometricManager',
    source: 'https://developer.android.com/reference/androidx/biometric/BiometricManager',
    gap: gapOfShapes,
  },
  'android-q1-removed-finger': {
    rules: { api: 33, faces: true, strongBox: true, lostLock: 'no-key', fault: 'removed-finger-mutes' },
    what:
      'Once one of several fingers was removed, a match no longer lets any key be used: `doFinal` fails with "Key user ' +
      'not authenticated", for new keys too, until the phone restarts or all fingers are removed.',
    seenBy: 'owners of Pixel 4a and 5 with Android 11 to 13',
    source: 'https://stackoverflow.com/questions/70881446, https://issuetracker.google.com/issues/215575432',
    gap: gapOfShapes,
  },
  'android-q2-late-invalidation': {
    rules: { api: 26, faces: false, strongBox: false, lostLock: 'invalidated-at-init', fault: 'late-invalidation' },
    what:
      'After an enrolment `Cipher.init` still succeeds and the person is recognised; only `doFinal` fails, with ' +
      'IllegalBlockSizeException caused by "Key user not authenticated".',
    seenBy: 'users of Android 8.0',
    source: 'https://github.com/sjhoeksma/cordova-plugin-keychain-touch-id/pull/31',
    gap: gapOfShapes,
  },
  'android-q3-update-breaks-keys': {
    rules: { api: 31, faces: true, strongBox: true, lostLock: 'no-key', fault: 'update-breaks-keys' },
    what:
      'After an update of the system, keys made before it fail at `Cipher.init` with InvalidKeyException caused by code ' +
      '-33 (invalid key blob). The next update mends them: who deleted them lost data.',
    seenBy: 'some forty owners of Samsung S21 phones after an update; mended by the vendor',
    source: 'https://github.com/privacybydesign/irmamobile/issues/252',
    gap: `that the update which mends it is the next one; ${gapOfShapes}`,
  },
  'android-q4-unlocked-device-keys': {
    rules: { api: 33, faces: true, strongBox: true, lostLock: 'no-key', fault: 'unlocked-device-keys-deleted' },
    what: 'Keys with `setUnlockedDeviceRequired` are deleted when the screen lock is removed, though no person is asked for them.',
    seenBy: 'users of Android 12 to 14; mended in system/security 6946daa',
    source: 'https://issuetracker.google.com/issues/191391068, https://github.com/RedMadRobot/PINkman/issues/25',
    gap: gapOfShapes,
  },
  'android-q5-screen-lock-wipes': {
    rules: { api: 23, faces: false, strongBox: false, lostLock: 'no-key', fault: 'screen-lock-wipes' },
    what: 'Every change of the screen lock, proven or not, deletes all keys of the app, those that ask for nobody too.',
    seenBy: 'users of Android before 6.0; simulated as API 23, the oldest that has these interfaces',
    source:
      'https://github.com/Q42/Qlassified-Android/issues/3, https://github.com/Crypho/cordova-plugin-secure-storage/issues/63',
    gap: 'that it is shown on API 23, where it was mended',
  },
  'android-q6-enrolment-unnoticed': {
    rules: { api: 30, faces: true, strongBox: true, lostLock: 'unrecoverable-key', fault: 'enrolment-unnoticed' },
    what:
      'A key made to be invalidated by an enrolment is not: it is bound to the screen lock as if the flag had been false, ' +
      'and the system says nothing.',
    seenBy: 'users of react-native-keychain; most likely keys made without the flag',
    source:
      'https://github.com/oblador/react-native-keychain/issues/725, https://github.com/oblador/react-native-keychain/issues/129',
    gap: 'that any phone does this by itself; what a vault can do about it is to compare enrolments in another way',
  },
}

/** The kinds of phone in Markdown, for docs/platforms.md. */
export const renderAndroidProfiles = (): string =>
  [
    ['profile', 'API level', 'what it does', 'who saw it', 'where that is told', 'not confirmed'],
    ['---', '---', '---', '---', '---', '---'],
    ...Object.entries(profiles).map(([name, { rules, what, seenBy, source, gap }]) => [
      `\`${name}\``,
      String(rules.api),
      what,
      seenBy,
      source,
      gap ?? '',
    ]),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')

/** What a phone is where nobody asked for another. */
export const usualProfile = 'android-34' satisfies AndroidProfile

export const isAndroidProfile = (profile: PhoneProfile): profile is AndroidProfile => profile in profiles
