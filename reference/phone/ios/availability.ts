import type { Code, Failure } from '../../../harness/contract/codes.ts'
import type { Availability } from '../../../harness/contract/operations.ts'
import type { IosApp, LAPolicy } from '../../../harness/contract/platforms/ios.ts'
import { laMeaning } from './native.ts'

/** Why the person could not be asked for this now; null where they could. Asks nobody. */
export async function whyNotAsked(app: IosApp, policy: LAPolicy): Promise<Failure | null> {
  const context = app.laContext()
  const lock = await context.canEvaluatePolicy('deviceOwnerAuthentication')
  if (lock !== null) return laMeaning(lock, context)
  if (policy === 'deviceOwnerAuthentication') return null
  const biometry = await context.canEvaluatePolicy(policy)
  return biometry === null ? null : laMeaning(biometry, context)
}

const told: Partial<Record<Code, Availability>> = {
  'no-screen-lock': 'no-screen-lock',
  'not-enrolled': 'not-enrolled',
  'no-hardware': 'no-hardware',
  'hardware-unavailable': 'hardware-unavailable',
  'locked-out-permanent': 'locked-out',
}

/** Whether an entry for the fingers enrolled could be written and read now. */
export async function availabilityOf(app: IosApp): Promise<Availability> {
  if (!(await app.isProtectedDataAvailable())) return 'device-locked'
  const failure = await whyNotAsked(app, 'deviceOwnerAuthenticationWithBiometrics')
  return failure === null ? 'available' : (told[failure.code] ?? 'unavailable')
}
