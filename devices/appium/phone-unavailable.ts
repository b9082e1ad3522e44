import { DeviceFault } from '../../harness/contract/device.ts'

/** A phone, or something on the way to it, is not there or not as it must be: one sentence, with what to do. */
export class PhoneUnavailable extends DeviceFault {
  override readonly name = 'PhoneUnavailable'
}
