import type { AccessPolicy } from '../../../harness/contract/operations.ts'
import {
  type AccessControl,
  type Accessibility,
  accessControlFlags,
  type LAPolicy,
} from '../../../harness/contract/platforms/ios.ts'

/** How the keychain guards an item, and what the person is asked for. All of it stays on this phone. */
export type Guard =
  | { readonly asks: null; readonly accessible: Accessibility }
  | { readonly asks: LAPolicy; readonly accessControl: AccessControl }

// Gone with the passcode, as on Android, where the keys are bound to it.
const accessible = 'WhenPasscodeSetThisDeviceOnly'

export function guardOf(access: AccessPolicy): Guard {
  const { biometryCurrentSet, biometryAny, userPresence } = accessControlFlags
  switch (access) {
    case 'current-set':
      return {
        asks: 'deviceOwnerAuthenticationWithBiometrics',
        accessControl: { accessible, flags: biometryCurrentSet },
      }
    case 'any-enrolled':
      return { asks: 'deviceOwnerAuthenticationWithBiometrics', accessControl: { accessible, flags: biometryAny } }
    case 'device-credential':
      return { asks: 'deviceOwnerAuthentication', accessControl: { accessible, flags: userPresence } }
    case 'none':
      return { asks: null, accessible: 'AfterFirstUnlockThisDeviceOnly' }
  }
}
