import { fates } from '../../models/fate.ts'
import { wrongCode } from '../breach.ts'
import { onlyOn, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'PST-07',
  family: 'PST',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android'],
  clause:
    'A failure of the key store that passes is told as one that can be tried again, and afterwards everything is there.',
  threat: 'LOSS',
  cwe: ['CWE-393', 'CWE-460'],
  why: 'An update of the phone breaks its key store for a week; the app has wiped everything on the first day.',
  advice: 'Take only an invalidated key, or an absent one, for a loss; everything else may pass.',
  sources: [
    'privacybydesign/irmamobile#252',
    'oblador/react-native-keychain#617',
    'Kunzisoft/KeePassDX#1670',
    'tink-crypto/tink-java#339',
  ],
  needs: [],
  judges: ['read-from-failing-store', 'read-after-failing-store'],
  twin: ['acknowledged-write'],
  exempts: onlyOn('android', 'no such failure of iOS is known'),
  breach: (occurrence) => {
    if (occurrence.situation === 'read-after-failing-store') return unexplained(occurrence)
    return wrongCode(occurrence, fates.failing)
  },
}
