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
  'read-after-torn-power-cut': 'the power was cut after names reached the disk and before contents did',
  'read-after-damage': 'an entry was read after a file of the vault was changed, cut or removed',
  'read-after-swap': 'an entry was read after two files of the vault were exchanged',
  'read-after-older-copy': "an entry was read after an older copy of the vault's files was put back",
  'opened-after-damage':
    'the vault was opened with all that is right after one of its files was changed, cut or removed',
  'opened-after-older-copy':
    'the vault was opened with all that is right after an older copy of its files was put back',
  'opened-after-repair': 'the vault was opened after the damaged file was put back as it was',
  'changed-byte': 'one byte of what is stored was changed, and everything was looked at',
  'wrong-pin': 'the vault was asked to open with a wrong PIN',
  'right-pin': 'the vault was asked to open with the right PIN',
  'guess-over-limit': 'a wrong PIN was tried once more than the vault allows',
  'without-pin': 'the vault was asked to open without a PIN',
  'without-keyring': 'the vault was asked to open with the right PIN and without what the keyring held',
  'half-changed-pin': 'the vault was asked to open after a change of its PIN was killed',
  'half-set-up': 'the vault was set up or opened after its set-up or reset was killed',
  'derived-key': 'a key was derived from a PIN',
  'round-trip': 'a value was written and read back unchanged',
  'absent-read': 'a name that holds nothing was read and said so',
  'acknowledged-write': 'a write was acknowledged while everything was there',
} as const
export type Situation = keyof typeof situations
export const situationNames = Object.keys(situations) as readonly Situation[]
