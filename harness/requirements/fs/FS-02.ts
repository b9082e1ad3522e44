import { foundSecret } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'FS-02',
  family: 'FS',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'No file that the vault leaves, be it temporary, holds a value or a PIN that it was given, in any encoding.',
  threat: 'LEAK',
  cwe: ['CWE-312', 'CWE-313'],
  maswe: ['MASWE-0001'],
  why: 'Whoever copies the disk, a backup or a support bundle has the secret, and the encryption beside it is for show.',
  advice: 'Seal before you write, drafts and caches too, and keep keys where the system guards them.',
  sources: ['signalapp/Signal-Desktop#2609', 'signalapp/Signal-Desktop#6944'],
  needs: ['searched-files'],
  judges: ['files-searched'],
  twin: ['round-trip'],
  breach: (occurrence) => foundSecret(occurrence, occurrence.seen?.probe === 'leak' ? occurrence.seen.where : ''),
}
