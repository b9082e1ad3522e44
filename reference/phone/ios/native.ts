import type { Failure } from '../../../harness/contract/codes.ts'
import type { LAContext, LAError, OSStatus } from '../../../harness/contract/platforms/ios.ts'
import { laErrorDomain, laFailure } from '../../errors/ios-laerror.ts'
import { type IosKeychainContext, iosKeychainFailure, osStatusDomain } from '../../errors/ios-osstatus.ts'
import { Refusal } from '../../failure.ts'

export const success = 0
export const itemNotFound = -25300

/** What an LAError means. Its description is not looked at. */
export const laMeaning = ({ code }: LAError, { biometryType }: LAContext): Failure =>
  laFailure({ domain: laErrorDomain, code, type: null, message: '' }, { sensor: biometryType !== 'none' })

/** Refuses with what a status of the keychain means there and then. */
export const keychainRefusal = (status: OSStatus, context: IosKeychainContext): Refusal => {
  const { code, ...more } = iosKeychainFailure(
    { domain: osStatusDomain, code: status, type: null, message: '' },
    context,
  )
  return new Refusal(code, more)
}
