import { count } from '../../contract/count.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'BKP-02',
  family: 'BKP',
  level: 'SHOULD',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause: 'What the vault keeps is left out of the backup of the phone.',
  threat: 'LEAK',
  cwe: ['CWE-212'],
  maswe: ['MASWE-0006'],
  why: 'Secrets lie in the cloud, encrypted by a key that nobody has any more: of no use to the owner, and of some to others.',
  advice: 'Keep them in `getNoBackupFilesDir`, or name them in the rules for extraction of data.',
  sources: ['juliansteenbakker/flutter_secure_storage#541', 'Android: Auto Backup'],
  needs: ['phone-backup'],
  judges: ['backup-restored'],
  twin: ['round-trip', 'recognised'],
  breach: ({ seen }) =>
    seen?.probe === 'backup' && seen.items > 0
      ? { kind: 'backed-up', expected: 'nothing of the vault in the backup', seen: count(seen.items, 'item') }
      : null,
}
