/**
 * What must have happened in a history for a check to say anything. Each call belongs to at most one situation of
 * the first group, by what lies between it and the last acknowledged write, so that one bug is told under one id.
 */
export const situations = {
  'ordinary-write': 'an ordinary value was written while everything was there',
  'ordinary-read': 'an entry was read with nothing between its last write and the read',
  'large-value': 'a value near or over the limit was written, or its entry read next',
  'marked-text':
    'a value with line ends, umlauts, look-alike encodings or any bytes was written, or its entry read next',
  'nul-inside': 'a value or name with a zero byte was written, or its entry read next',
  'empty-value': 'an empty value was written, or its entry read next',
  'look-alike-name': 'an entry was used after another one whose name looks the same',
  'read-after-kill': "the vault's process was killed between the last write and the read",
  'read-after-crash': 'the process was killed during a write of the entry that was then read',
  'read-after-restart':
    'the machine or keyring restarted, or was locked and unlocked, between the last write and the read',
  'read-after-power-cut': 'the power was cut between the last write and the read',
  'read-after-delete': 'an entry was looked at after its deletion was acknowledged',
  'read-during-write': 'an entry was read while a write of it was in flight',
  'read-after-overlap': 'an entry was read whose last write overlapped another write',
  'write-without-store': 'a write was asked for while the keyring was locked or absent',
  'read-after-write-without-store':
    'a write was acknowledged without a keyring, and the entry read once the keyring was back',
  'overlapping-calls': 'several calls were in flight at once',
  'call-while-locked': 'a call could not be served because the keyring was locked',
  'existing-while-locked': 'something that exists was asked for while the keyring was locked',
  'call-while-absent': 'a call could not be served because there was no keyring',
  'availability-probe': 'availability was asked for while nothing else happened',
  'secret-handled': 'a secret was stored, and all outputs searched for it',
  'round-trip': 'a value was written and read back unchanged',
  'absent-read': 'a name that holds nothing was read and said so',
  'acknowledged-write': 'a write was acknowledged while everything was there',
} as const
export type Situation = keyof typeof situations
export const situationNames = Object.keys(situations) as readonly Situation[]
