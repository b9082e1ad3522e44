import { Refusal } from '../failure.ts'

/** How many digits a PIN has: at least four; as many as somebody cares to type, within reason. */
export const pinDigits = { least: 4, most: 64 } as const

const [zero, nine] = [0x30, 0x39]

/** @throws Refusal `invalid-argument` unless these bytes can be a PIN: ASCII digits, 4 to 64 of them. */
export function requirePin(pin: Uint8Array | string | null | undefined): Uint8Array {
  if (pin === null || pin === undefined) throw new Refusal('invalid-argument', { reason: 'a PIN is needed' })
  if (typeof pin === 'string') throw new Refusal('invalid-argument', { reason: 'a PIN is bytes, which can be zeroed' })
  const fits = pin.length >= pinDigits.least && pin.length <= pinDigits.most
  if (!fits || !pin.every((byte) => byte >= zero && byte <= nine))
    throw new Refusal('invalid-argument', { reason: `a PIN has ${pinDigits.least} to ${pinDigits.most} digits` })
  return pin
}
