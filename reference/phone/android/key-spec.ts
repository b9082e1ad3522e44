import type { AccessPolicy } from '../../../harness/contract/operations.ts'
import type { KeyGenParameterSpec } from '../../../harness/contract/platforms/android.ts'

/** Before it no prompt can bind the screen lock to one use of a key. */
export const credentialApi = 30

/**
 * The key pair of an entry: its public half seals without asking, its private half opens as the policy says. Each use
 * needs a recognition of its own, so that none can be borrowed from an earlier one.
 */
export function keySpecOf(alias: string, access: AccessPolicy): KeyGenParameterSpec {
  const bare = { alias, transformation: 'RSA/ECB/OAEPPadding' } as const
  const asked = { ...bare, userAuthenticationRequired: true }
  switch (access) {
    case 'current-set':
      return { ...asked, userAuthentication: { seconds: 0, by: 'biometric' }, invalidatedByBiometricEnrollment: true }
    case 'any-enrolled':
      return { ...asked, userAuthentication: { seconds: 0, by: 'biometric' }, invalidatedByBiometricEnrollment: false }
    case 'device-credential':
      return { ...asked, userAuthentication: { seconds: 0, by: 'both' } }
    case 'none':
      return bare
  }
}
