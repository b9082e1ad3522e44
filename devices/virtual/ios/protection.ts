import type { Accessibility } from '../../../harness/contract/platforms/ios.ts'
import type { Phone } from './phone.ts'

interface ProtectionClass {
  readonly readable: 'unlocked' | 'after-first-unlock'
  /** Whether it is part of a backup that another phone can open. */
  readonly moves: boolean
  /** Whether it lives only while there is a passcode. */
  readonly needsPasscode: boolean
}

/** When the phone can open an item at all, whoever asks: the layer below access control. */
export const protectionClasses: Readonly<Record<Accessibility, ProtectionClass>> = {
  WhenPasscodeSetThisDeviceOnly: { readable: 'unlocked', moves: false, needsPasscode: true },
  WhenUnlockedThisDeviceOnly: { readable: 'unlocked', moves: false, needsPasscode: false },
  WhenUnlocked: { readable: 'unlocked', moves: true, needsPasscode: false },
  AfterFirstUnlockThisDeviceOnly: { readable: 'after-first-unlock', moves: false, needsPasscode: false },
  AfterFirstUnlock: { readable: 'after-first-unlock', moves: true, needsPasscode: false },
}

export const isOpen = (accessible: Accessibility, phone: Phone): boolean =>
  protectionClasses[accessible].readable === 'unlocked' ? !phone.locked() : phone.unlockedOnce()
