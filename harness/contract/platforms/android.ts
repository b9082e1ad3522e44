/*
 * Android as an app sees it: what code written like a plugin calls, named as there. A call that blocks in Java is a
 * promise here, since every effect of a simulated phone passes the numbered seam. One file, since it is one table:
 * what the platform offers.
 */

/** What a Java method throws. `className` is the whole name of the class; `message` is for people and may be translated. */
export class JavaThrowable extends Error {
  override readonly name = 'JavaThrowable'
  readonly className: string
  override readonly cause: JavaThrowable | null
  /** Of `android.security.KeyStoreException`, API 33 and newer; null elsewhere. */
  readonly keyStoreError: KeyStoreErrorNumber | null
  constructor(
    className: string,
    message: string,
    {
      cause = null,
      keyStoreError = null,
    }: { cause?: JavaThrowable | null; keyStoreError?: KeyStoreErrorNumber | null } = {},
  ) {
    super(message)
    this.className = className
    this.cause = cause
    this.keyStoreError = keyStoreError
  }
}
/** `getNumericErrorCode()` and `isTransientFailure()`. */
export interface KeyStoreErrorNumber {
  readonly code: number
  readonly transient: boolean
}

/** The phone and one process of the app on it. Gone when the process dies: nothing that it still waits for ever comes. */
export interface AndroidApp {
  /** `Build.VERSION.SDK_INT`. */
  readonly sdkInt: number
  /** `BuildConfig.VERSION_CODE`: grows with each update of the app. */
  readonly versionCode: number
  readonly keyStore: AndroidKeyStore
  readonly biometricManager: BiometricManager
  readonly keyguardManager: KeyguardManager
  /** `UserManager.isUserUnlocked`: false from a start of the phone until it is unlocked for the first time. */
  isUserUnlocked(): Promise<boolean>
  /** The activity that is there now: another one after each rotation. */
  activity(): Activity
  /** Called after a rotation, with the activity that took the place of the old one. */
  onActivityCreated(listen: (activity: Activity) => void): void
  /**
   * `Context.getSharedPreferences`. The default storage is credential encrypted; `device` is that of
   * `createDeviceProtectedStorageContext`.
   * @throws JavaThrowable `java.lang.IllegalStateException` of the default storage before the first unlock, at once
   */
  sharedPreferences(name: string, storage?: 'credential' | 'device'): SharedPreferences
  /** `AtomicFile`s in `Context.getNoBackupFilesDir()`: credential encrypted too, and never part of a backup. */
  readonly noBackupFiles: AtomicFiles
  /** `System.currentTimeMillis`, which can be set, and `SystemClock.elapsedRealtime`, which cannot. Milliseconds. */
  currentTimeMillis(): number
  elapsedRealtime(): number
  /**
   * `Handler.postDelayed` on the main looper. Milliseconds. The returned function takes it back. Whatever runs on the main
   * looper, callbacks too, holds the main thread until a promise that it returns is settled: return what blocks there, and
   * nothing of what does not. What it throws ends the process.
   */
  postDelayed(ms: number, run: () => unknown): () => void
  /** `SecureRandom`. */
  randomBytes(size: number): Uint8Array
  /** `android.util.Log`: searched for secrets. */
  log(tag: string, line: string): void
}

export interface KeyguardManager {
  /** Whether there is a PIN, pattern or password. */
  isDeviceSecure(): Promise<boolean>
  isDeviceLocked(): Promise<boolean>
}

/** `BiometricManager.Authenticators`, to be combined by `|`. */
export const authenticators = { strong: 0x0f, weak: 0xff, deviceCredential: 0x8000 } as const

export interface BiometricManager {
  /** 0, or one of `BIOMETRIC_ERROR_*`: 1, 11, 12, 15, -1, -2. Says nothing of a lockout. */
  canAuthenticate(authenticators: number): Promise<number>
  /**
   * `getStrings(authenticators).getButtonLabel()`, API 31: names what somebody has enrolled that would do, in the phone's
   * language. Null before, and where nothing would do.
   */
  buttonLabel(authenticators: number): Promise<string | null>
}

export interface Activity {
  /** Counts up; another one for each activity of the process. */
  readonly id: number
  /**
   * `new BiometricPrompt(activity, executor, callback)` of androidx. Within one activity only the callback of the
   * instance made last is told anything.
   */
  biometricPrompt(callback: AuthenticationCallback): BiometricPrompt
}

export interface BiometricPrompt {
  /**
   * Shows the prompt. While one is up, another is not shown and its call goes nowhere, as androidx does.
   * @throws JavaThrowable `java.lang.IllegalArgumentException` for combinations that no phone takes, at once
   */
  authenticate(info: PromptInfo, crypto?: CryptoObject): void
  /** Takes the prompt down; the callback hears of it by error 5. */
  cancelAuthentication(): void
}
export interface PromptInfo {
  readonly title: string
  readonly allowedAuthenticators: number
  /** Needed unless the device credential is allowed, and forbidden then. */
  readonly negativeButtonText?: string
}
/** What a match lets be used. */
export interface CryptoObject {
  readonly cipher: Cipher
}
/** `failed* (succeeded | error)`: `onAuthenticationFailed` never ends a prompt. Called on the main looper, one at a time. */
export interface AuthenticationCallback {
  onAuthenticationSucceeded(result: { readonly cryptoObject: CryptoObject | null }): void
  /** `code`: 1 to 15. `text` is for people, in the phone's language. */
  onAuthenticationError(code: number, text: string): void
  onAuthenticationFailed?(): void
}

/** The provider `AndroidKeyStore`. Aliases are the app's own. */
export interface AndroidKeyStore {
  /**
   * Null where there is no such key.
   * @throws JavaThrowable `java.security.UnrecoverableKeyException`: without a cause where the key was invalidated, caused
   * by `android.security.KeyStoreException` where the keystore failed
   */
  getKey(alias: string): Promise<SecretKey | null>
  containsAlias(alias: string): Promise<boolean>
  aliases(): Promise<readonly string[]>
  deleteEntry(alias: string): Promise<void>
  /**
   * `KeyGenerator` and `KeyPairGenerator` with this specification; replaces a key of that alias.
   * @throws JavaThrowable `java.lang.IllegalStateException` ("At least one biometric must be enrolled", "Secure lock
   * screen must be enabled"), `android.security.keystore.StrongBoxUnavailableException`, `java.security.ProviderException`
   */
  generateKey(spec: KeyGenParameterSpec): Promise<SecretKey>
  /** `Cipher.getInstance`. */
  cipher(transformation: Transformation): Cipher
}
export const transformations = ['AES/GCM/NoPadding', 'AES/CBC/PKCS7Padding', 'RSA/ECB/OAEPPadding'] as const
export type Transformation = (typeof transformations)[number]

/** A handle: the key itself never leaves the keystore. */
export interface SecretKey {
  readonly alias: string
  /** For `RSA/ECB/OAEPPadding`, which half: encrypting with the public one asks nobody. */
  readonly half?: 'public' | 'private'
}

/** `KeyGenParameterSpec.Builder`, with its defaults. */
export interface KeyGenParameterSpec {
  readonly alias: string
  readonly transformation: Transformation
  /** Default false. */
  readonly userAuthenticationRequired?: boolean
  /**
   * `setUserAuthenticationParameters`: seconds that one authentication lasts (0: each use needs its own), and by what.
   * Default 0 and `AUTH_BIOMETRIC_STRONG`.
   */
  readonly userAuthentication?: { readonly seconds: number; readonly by: 'biometric' | 'credential' | 'both' }
  /** Default true. */
  readonly invalidatedByBiometricEnrollment?: boolean
  /** Default false. */
  readonly unlockedDeviceRequired?: boolean
  readonly strongBoxBacked?: boolean
}

export interface Cipher {
  /**
   * @throws JavaThrowable `android.security.keystore.KeyPermanentlyInvalidatedException`,
   * `android.security.keystore.UserNotAuthenticatedException`, `java.security.InvalidKeyException` caused by
   * `android.security.KeyStoreException`
   */
  init(mode: 'encrypt' | 'decrypt', key: SecretKey, iv?: Uint8Array): Promise<void>
  /** After `init`: the nonce that was drawn, or given. 12 bytes for GCM, 16 for CBC, none for RSA. */
  readonly iv: Uint8Array
  updateAAD(bytes: Uint8Array): void
  /**
   * @throws JavaThrowable `javax.crypto.IllegalBlockSizeException` caused by `android.security.KeyStoreException` where
   * nobody authenticated or the operation is gone; `javax.crypto.AEADBadTagException`, `javax.crypto.BadPaddingException`
   */
  doFinal(bytes: Uint8Array): Promise<Uint8Array>
}

/** Each file is replaced as a whole: whoever opens it after a crash sees the old content or the new one. */
export interface AtomicFiles {
  /** `readFully`; null where there is no such file. */
  read(name: string): Promise<Uint8Array | null>
  /** `startWrite` to `finishWrite`: resolves when it is on the disk. */
  write(name: string, bytes: Uint8Array): Promise<void>
  delete(name: string): Promise<void>
  list(): Promise<readonly string[]>
}

/** Read as a whole when first used, kept in memory, written to the disk as a whole. */
export interface SharedPreferences {
  getString(key: string): Promise<string | null>
  contains(key: string): Promise<boolean>
  keys(): Promise<readonly string[]>
  edit(): SharedPreferencesEditor
}
/** Changes are gathered, and seen by readers of this process from `commit` or `apply` on. */
export interface SharedPreferencesEditor {
  putString(key: string, value: string): SharedPreferencesEditor
  remove(key: string): SharedPreferencesEditor
  clear(): SharedPreferencesEditor
  /** Resolves when it is on the disk; false where it could not be written. */
  commit(): Promise<boolean>
  /** Returns at once; written some time later, in order. A process that dies before loses it. */
  apply(): void
}
