import type { KeyAuthorization } from './key-sids.ts'
import type { Sid } from './phone.ts'

/** A HardwareAuthToken: what proves to the keystore that somebody authenticated. */
export interface AuthToken {
  /** The operation that it was given for; null where the prompt had no CryptoObject. */
  readonly challenge: string | null
  /** Of the screen lock. */
  readonly userSid: Sid
  /** Of the sensor; null where it was the PIN. */
  readonly authenticatorSid: Sid | null
  readonly by: 'biometric' | 'credential'
  /** Milliseconds of the phone's clock. */
  readonly at: number
}

const held = (token: AuthToken, { sids, by }: KeyAuthorization): boolean =>
  (by === 'both' || by === token.by) &&
  (sids.includes(token.userSid) || (token.authenticatorSid !== null && sids.includes(token.authenticatorSid)))

/** Whether a token lets this operation of a key that asks for each use go on. */
export const allowsOperation = (token: AuthToken, key: KeyAuthorization, challenge: string): boolean =>
  token.challenge === challenge && held(token, key)

/** Whether a token is young enough for a key that one authentication opens for some seconds. */
export const allowsWithin = (token: AuthToken, key: KeyAuthorization, now: number): boolean =>
  now - token.at <= key.seconds * 1000 && held(token, key)
