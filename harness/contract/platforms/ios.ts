/*
 * iOS as an app sees it: the keychain, LocalAuthentication and user defaults, named as there. A call that blocks in Swift
 * is a promise here, since every effect of a simulated phone passes the numbered seam. One file, since it is one table.
 */

/** `OSStatus`: 0 is success, the rest are negative: -25300 errSecItemNotFound, -25293 errSecAuthFailed ... */
export type OSStatus = number

/** `NSError` of LocalAuthentication. `localizedDescription` is for people, in the phone's language. */
export interface LAError {
  readonly code: number
  readonly localizedDescription: string
}

/** The phone and one process of the app on it. Gone when the process dies: nothing that it still waits for ever comes. */
export interface IosApp {
  /** Major and minor, such as 18.3. */
  readonly systemVersion: number
  /** `CFBundleVersion`: grows with each update of the app. */
  readonly bundleVersion: number
  readonly keychain: Keychain
  /** `LAContext()`. */
  laContext(): LAContext
  readonly userDefaults: UserDefaults
  /** `UIApplication.isProtectedDataAvailable`: false while the phone is locked, and before its first unlock. */
  isProtectedDataAvailable(): Promise<boolean>
  /** `Date()` and `ProcessInfo.systemUptime`. Milliseconds. */
  now(): number
  uptime(): number
  /**
   * `DispatchQueue.main.asyncAfter`. Milliseconds. The returned function takes it back. `run` is on the main thread until
   * a promise that it returns is settled: return what goes on there, and nothing of what does not. What it throws ends
   * the process.
   */
  asyncAfter(ms: number, run: () => unknown): () => void
  /** `SecRandomCopyBytes`. */
  randomBytes(size: number): Uint8Array
  /** `os_log`: searched for secrets. */
  log(line: string): void
}

/** `kSecAttrAccessible…`. */
export const accessibilities = [
  'WhenPasscodeSetThisDeviceOnly',
  'WhenUnlockedThisDeviceOnly',
  'WhenUnlocked',
  'AfterFirstUnlockThisDeviceOnly',
  'AfterFirstUnlock',
] as const
export type Accessibility = (typeof accessibilities)[number]

/** `SecAccessControlCreateFlags`. */
export const accessControlFlags = {
  userPresence: 1,
  biometryAny: 2,
  biometryCurrentSet: 8,
  devicePasscode: 16,
  or: 1 << 14,
  and: 1 << 15,
} as const

/** `SecAccessControlCreateWithFlags`. */
export interface AccessControl {
  readonly accessible: Accessibility
  /** Of `accessControlFlags`, combined by `|`. */
  readonly flags: number
}

/** A query or the attributes of a generic password, as in the dictionary that SecItem functions take. */
export interface KeychainQuery {
  readonly service?: string
  readonly account?: string
  readonly label?: string
  readonly generic?: string
  readonly accessGroup?: string
  readonly accessible?: Accessibility
  readonly accessControl?: AccessControl
  readonly valueData?: Uint8Array
  /** `kSecUseAuthenticationContext`: one that was evaluated already is not asked for again. */
  readonly context?: LAContext
  /** `kSecUseAuthenticationUIFail` or `interactionNotAllowed`: no prompt; -25308 where one would be needed. */
  readonly noInterface?: boolean
  /** `kSecUseOperationPrompt`. */
  readonly operationPrompt?: string
  /** `kSecMatchLimitAll`. */
  readonly all?: boolean
  readonly returnData?: boolean
  readonly returnAttributes?: boolean
}
/** What `SecItemCopyMatching` finds. Data only where it was asked for. */
export interface KeychainItem {
  readonly service: string
  readonly account: string
  readonly label: string | null
  readonly generic: string | null
  readonly data: Uint8Array | null
}

/** The `SecItem` functions. A query matches where every attribute that it names is equal, `valueData` and `accessControl` too. */
export interface Keychain {
  /** Asks nobody, also with an access control. -25299 where there is such an item. */
  add(attributes: KeychainQuery): Promise<OSStatus>
  /** Blocks the calling thread while the person is asked. */
  copyMatching(query: KeychainQuery): Promise<{ readonly status: OSStatus; readonly items: readonly KeychainItem[] }>
  /** Asks the person where the item's access control says so. */
  update(query: KeychainQuery, changes: KeychainQuery): Promise<OSStatus>
  /** Asks nobody. */
  delete(query: KeychainQuery): Promise<OSStatus>
  /** `SecCopyErrorMessageString`: for people, in the phone's language. */
  errorMessage(status: OSStatus): string
}

/** `LAPolicy`. */
export const laPolicies = ['deviceOwnerAuthenticationWithBiometrics', 'deviceOwnerAuthentication'] as const
export type LAPolicy = (typeof laPolicies)[number]

export interface LAContext {
  /** What was enrolled when `canEvaluatePolicy` last said yes; null before, and where nothing is enrolled. */
  readonly evaluatedPolicyDomainState: Uint8Array | null
  readonly biometryType: 'none' | 'touchID' | 'faceID'
  localizedFallbackTitle: string | null
  interactionNotAllowed: boolean
  /** Null where it could be evaluated now. Asks nobody. */
  canEvaluatePolicy(policy: LAPolicy): Promise<LAError | null>
  /** Asks the person. Null where they were recognised. */
  evaluatePolicy(policy: LAPolicy, reason: string): Promise<LAError | null>
  /** Takes its prompt down; what waits for it hears -9 (LAError) or -25293 (OSStatus), and -10 from then on. */
  invalidate(): void
}

/** `UserDefaults.standard`: a plist of the app, written to the disk some time later, in order. Restored with a backup. */
export interface UserDefaults {
  /** Before the first unlock there is nothing to be seen: null, without an error. */
  string(key: string): Promise<string | null>
  keys(): Promise<readonly string[]>
  /** Seen by readers of this process at once, on the disk later: a process that dies before may lose it. */
  set(key: string, value: string): void
  remove(key: string): void
  /** `synchronize()`: resolves when all is on the disk. */
  synchronize(): Promise<boolean>
}
