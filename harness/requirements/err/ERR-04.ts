import { tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

/** Types that say nothing. */
const vague: ReadonlySet<string> = new Set([
  'Error',
  'Exception',
  'RuntimeException',
  'java.lang.Exception',
  'java.lang.RuntimeException',
  'java.lang.Throwable',
  'NSError',
  // A page that catches text, or an object without a code.
  'string',
  'object',
])

export const requirement: Requirement = {
  id: 'ERR-04',
  family: 'ERR',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause:
    'A failure of the platform reaches the app with a code or a type of its own: not bare, and not as an exception of something else.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-397', 'CWE-248'],
  why: 'The app gets "Unsupported value: javax.crypto.BadPaddingException" and can only say "error".',
  advice: 'Catch native exceptions where they are thrown, and let each cross the bridge with its identity.',
  sources: [
    'juliansteenbakker/flutter_secure_storage#24',
    'juliansteenbakker/flutter_secure_storage#53',
    'android/security-samples#76',
  ],
  needs: [],
  judges: ['failed-with-identity'],
  twin: ['acknowledged-write', 'gated'],
  breach: ({ call }) => {
    if (call?.outcome.is !== 'fail') return null
    const { failure, native } = call.outcome
    const threw = failure.reason === 'the adapter threw'
    const bare = native !== undefined && native.code === null && (native.type === null || vague.has(native.type))
    if (!threw && !bare) return null
    const kind = threw ? 'threw' : 'bare'
    return { kind, expected: 'a code, or an exception type that says what failed', seen: tellOutcome(call.outcome) }
  },
}
