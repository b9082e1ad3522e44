import type { Code, Failure } from '../../../harness/contract/codes.ts'
import type { AccessPolicy, Availability } from '../../../harness/contract/operations.ts'
import { type AndroidApp, authenticators } from '../../../harness/contract/platforms/android.ts'
import { canAuthenticateFailure } from '../../errors/android-biometric-prompt.ts'

const told: Partial<Record<Code, Availability>> = {
  'not-enrolled': 'not-enrolled',
  'no-hardware': 'no-hardware',
  'hardware-unavailable': 'hardware-unavailable',
}

/** Whether an entry for the fingers enrolled could be written and read now. Says nothing of a lockout, as the system. */
export async function availabilityOf(app: AndroidApp): Promise<Availability> {
  if (!(await app.isUserUnlocked())) return 'device-locked'
  if (!(await app.keyguardManager.isDeviceSecure())) return 'no-screen-lock'
  const failure = canAuthenticateFailure(await app.biometricManager.canAuthenticate(authenticators.strong))
  return failure === null ? 'available' : (told[failure.code] ?? 'unavailable')
}

/** Why no key of this policy could be made; null where the phone names no reason. */
export async function whyNoKey(app: AndroidApp, access: AccessPolicy): Promise<Failure | null> {
  if (access === 'none') return null
  if (!(await app.keyguardManager.isDeviceSecure())) return { code: 'no-screen-lock' }
  if (access === 'device-credential') return null
  return canAuthenticateFailure(await app.biometricManager.canAuthenticate(authenticators.strong))
}
