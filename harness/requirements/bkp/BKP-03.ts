import { count } from '../../contract/count.ts'
import { onPhone } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'BKP-03',
  family: 'BKP',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause:
    'A read that is refused takes nothing away: what the phone keeps for the app afterwards is no less than before.',
  threat: 'LOSS',
  cwe: ['CWE-460'],
  why: 'One failure of the key store, which would have passed, makes the app delete everything.',
  advice: 'Never clean up in a read; leave that to a call that says so.',
  sources: ['juliansteenbakker/flutter_secure_storage PR#865', 'juliansteenbakker/flutter_secure_storage#933'],
  needs: ['counted-kept-items'],
  judges: ['refused-read'],
  twin: ['acknowledged-write'],
  breach: (occurrence) => {
    const items = onPhone(occurrence)?.phone.items ?? null
    return items !== null && items.after < items.before
      ? { kind: 'fewer', expected: `${count(items.before, 'item')} kept, as before`, seen: count(items.after, 'item') }
      : null
  },
}
