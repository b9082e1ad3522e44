import { z } from 'zod'

/** What a person or an app can do next. Follows from the code alone; no vault is asked. */
export type Recovery = 'retry' | 'authenticate' | 'unlock' | 're-setup' | 'restore' | 'none'

interface CodeRow {
  readonly meaning: string
  readonly retryable: boolean
  readonly recovery: Recovery
}

const row = (meaning: string, retryable: boolean, recovery: Recovery): CodeRow => ({ meaning, retryable, recovery })

/** The closed list of failure codes. An adapter maps native errors to these; text is never parsed downstream. */
export const codes = {
  'not-found': row('there is no entry of that name', false, 'none'),
  'not-set-up': row('the vault has never been set up, or was reset', false, 're-setup'),
  'already-set-up': row('set-up was asked of a vault that has one', false, 'unlock'),
  'vault-locked': row('the vault itself is locked', true, 'unlock'),
  'key-invalidated': row('the key is gone for good, the entry cannot be read again', false, 're-setup'),
  'not-enrolled': row('no finger or face is enrolled', false, 'authenticate'),
  'no-screen-lock': row('the device has no screen lock', false, 'authenticate'),
  'no-hardware': row('the device has no such sensor', false, 'none'),
  'hardware-unavailable': row('the sensor is there and does not answer now', true, 'retry'),
  'auth-failed': row('the person was not recognised', true, 'authenticate'),
  'locked-out-temporary': row('too many misses; works again after a wait', true, 'retry'),
  'locked-out-permanent': row('too many misses; needs the device credential', false, 'authenticate'),
  'user-cancelled': row('the person dismissed the prompt', true, 'retry'),
  'system-cancelled': row('the system dismissed the prompt', true, 'retry'),
  'fallback-chosen': row('the person asked for another way to authenticate', true, 'authenticate'),
  timeout: row('nobody answered in time', true, 'retry'),
  'wrong-pin': row('the PIN is wrong', true, 'authenticate'),
  'wrong-key': row('the key does not open this data', false, 'authenticate'),
  'device-locked': row('the device has not been unlocked since it started', true, 'unlock'),
  'store-locked': row('the keyring is locked and nobody unlocked it', true, 'unlock'),
  unavailable: row('the service that keeps secrets is not there', true, 'retry'),
  'access-denied': row('the caller may not do this', false, 'none'),
  ambiguous: row('more than one entry matches', false, 'none'),
  'too-large': row('the value or name is over the stated limit', false, 'none'),
  'no-space': row('no room is left to write', true, 'retry'),
  'bad-encoding': row('the value or name cannot be represented by this vault', false, 'none'),
  corrupt: row('what is stored was damaged', false, 'restore'),
  missing: row('a file of the vault is gone', false, 'restore'),
  'wrong-format': row('what is stored is not of a format this vault reads', false, 'restore'),
  rollback: row('what is stored is older than what was last written', false, 'restore'),
  outdated: row('this build may no longer open the vault', false, 'none'),
  replayed: row('this was already done once', false, 'none'),
  rejected: row('the content was refused', false, 'none'),
  busy: row('another call is in progress', true, 'retry'),
  'invalid-argument': row('the call is malformed', false, 'none'),
  unsupported: row('this vault has no such operation', false, 'none'),
  internal: row('something the mapping table does not name', false, 'none'),
} as const satisfies Record<string, CodeRow>

export type Code = keyof typeof codes
export const codeNames = Object.keys(codes) as [Code, ...Code[]]
export const codeSchema = z.enum(codeNames)

/** A failure: one code, and what the platform itself said in numbers. Times are milliseconds. */
export const failureSchema = z.strictObject({
  code: codeSchema,
  reason: z.string().max(200).optional(),
  retryAfterMs: z.number().nonnegative().optional(),
  remaining: z.number().int().nonnegative().optional(),
  limit: z.number().int().nonnegative().optional(),
})
export type Failure = Readonly<z.infer<typeof failureSchema>>
