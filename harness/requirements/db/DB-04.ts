import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'DB-04',
  family: 'DB',
  level: 'MUST',
  profiles: ['database'],
  clause: 'A database whose key is lost says so: an empty one never takes its place.',
  threat: 'LOSS',
  cwe: ['CWE-455', 'CWE-393'],
  why: 'The messenger starts with an empty list of chats, and the next backup replaces the good one.',
  advice: 'When the key does not open the file, stop: keep the file, and let a person decide.',
  sources: ['signalapp/Signal-Desktop#7005', 'signalapp/Signal-Desktop#2609', 'signalapp/Signal-Desktop#6970'],
  excluded:
    'The contract has no profile `database` yet: no operation opens an encrypted database, writes a row or reads one. Losing the key is a control already (`wipe-keyring`); the same rule for vaults that are set up is judged by KDF-05 and TXN-02.',
}
