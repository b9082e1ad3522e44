import type { PhoneProfile } from '../../../../harness/contract/controls.ts'
import { isAndroidProfile, usualProfile } from '../../../virtual/android/profiles.ts'
import { firstPin, type VirtualPhone } from './virtual-phone.ts'

/* Another phone in the place of the one that is there, with a PIN and a finger of its own: no driver does that. */

const newOwner = ({ owner }: VirtualPhone): void => {
  owner.pin = firstPin
  owner.fingers.clear()
  owner.fingers.add(1)
}

/** A phone of another kind, on which the app runs that was just started. False where there is none of that name. */
export const becomeKind = async (phone: VirtualPhone, profile: PhoneProfile = usualProfile): Promise<boolean> => {
  if (!isAndroidProfile(profile)) return false
  phone.simulation.become(profile)
  newOwner(phone)
  return true
}

/** A phone that was set up from the backup of this one, which is gone. */
export const restoreOnAnother = async (phone: VirtualPhone): Promise<void> => {
  await phone.stopApp()
  phone.simulation.act({ control: 'change-phone' })
  phone.backup.taken = false
  newOwner(phone)
}
