import { foundSecret } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'LOG-01',
  family: 'LOG',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'No secret is in anything that the vault writes to its outputs or logs, or says in an error, in any encoding.',
  threat: 'LEAK',
  cwe: ['CWE-532'],
  maswe: ['MASWE-0005'],
  why: 'The key is in a log file, a crash report or a support bundle.',
  advice: 'Never log a value, a request or an exception that may hold one; log names of operations and codes.',
  sources: ['NiklasMerz/cordova-plugin-fingerprint-aio#309', 'ionic-team/cordova-plugin-ios-keychain PR#29'],
  needs: ['captured-output'],
  judges: ['secret-handled'],
  twin: ['round-trip'],
  breach: (occurrence) => {
    const { seen } = occurrence
    if (seen?.probe !== 'leak') return null
    const found = foundSecret(occurrence, seen.where)
    return found === null ? null : { ...found, kind: `${seen.where}-${seen.encoding}` }
  },
}
