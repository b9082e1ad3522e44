import { accessControlFlags as flag } from '../../../harness/contract/platforms/ios.ts'
import type { Step } from './phone.ts'

/** What a person was recognised by. */
export interface Proofs {
  readonly biometry: boolean
  readonly passcode: boolean
}
export const nobody: Proofs = { biometry: false, passcode: false }
export const together = (a: Proofs, b: Proofs): Proofs => ({
  biometry: a.biometry || b.biometry,
  passcode: a.passcode || b.passcode,
})

const [asksNobody, biometry, passcode, either, both]: readonly (readonly Step[])[] = [
  [],
  ['biometry'],
  ['passcode'],
  ['either'],
  ['biometry', 'passcode'],
]
const constraints = flag.userPresence | flag.biometryAny | flag.biometryCurrentSet | flag.devicePasscode
const isBit = (bits: number): boolean => (bits & (bits - 1)) === 0

/** What flags ask of a person, in order. Null where `SecAccessControlCreateWithFlags` makes nothing of them. */
export const stepsOf = (flags: number): readonly Step[] | null => {
  const asked = flags & constraints
  const combined = flags & ~constraints
  if (combined !== 0 && combined !== flag.or && combined !== flag.and) return null
  if (!isBit(asked) && combined === 0) return null
  const finger = (asked & (flag.biometryAny | flag.biometryCurrentSet)) !== 0
  const code = (asked & flag.devicePasscode) !== 0
  const person = (asked & flag.userPresence) !== 0
  if (asked === 0) return asksNobody ?? null
  // With `and`, whoever gives a finger or the passcode was present as well.
  if (combined === flag.and && finger) return (code ? both : biometry) ?? null
  if (combined === flag.and && code) return passcode ?? null
  if (person || (finger && code)) return either ?? null
  return (finger ? biometry : passcode) ?? null
}
export const bindsCurrentSet = (flags: number): boolean => (flags & flag.biometryCurrentSet) !== 0
/** Whether nothing but a finger or face that is enrolled opens it. */
export const needsBiometry = (flags: number): boolean => stepsOf(flags)?.includes('biometry') === true

/** The steps that are still to be taken. */
export const stepsLeft = (steps: readonly Step[], proofs: Proofs): readonly Step[] =>
  steps.filter((step) => (step === 'either' ? !proofs.biometry && !proofs.passcode : !proofs[step]))
