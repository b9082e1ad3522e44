import { count, number } from '../../contract/count.ts'
import { tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'
import { isApproved } from './approved-floor.ts'

/** By these an app knows that the vault is of another profile, and not damaged. */
const refusals: ReadonlySet<string> = new Set(['wrong-format', 'rejected', 'unsupported'])

export const requirement: Requirement = {
  id: 'KDF-08',
  family: 'KDF',
  level: 'MUST',
  profiles: ['pin'],
  clause: 'A vault in the approved profile uses approved algorithms alone, for writing and for reading.',
  threat: 'COST',
  cwe: ['CWE-327'],
  maswe: ['MASWE-0014'],
  why: 'The audit finds Argon2id in a product that was sold as FIPS-approved, and the roll-out stops.',
  advice:
    'Write the algorithm into the header, derive by PBKDF2-HMAC there, at 600,000 passes with SHA-256 or 220,000 with SHA-512, and refuse a header that names another before anything is derived by it. Ciphers are not seen here, and no program can see whether a module is validated.',
  sources: ['NIST SP 800-132', 'NIST SP 800-38D', 'OWASP Password Storage Cheat Sheet'],
  needs: ['observed-kdf', 'app-updates'],
  judges: ['derived-in-profile', 'opened-outside-profile'],
  twin: ['right-pin', 'acknowledged-write'],
  since: '2',
  exempts: ({ approved }) => (approved === undefined ? 'it does not say that it uses approved algorithms alone' : null),
  breach: ({ situation, call, seen }) => {
    if (situation === 'derived-in-profile')
      return seen?.probe === 'kdf' && !isApproved(seen)
        ? {
            kind: seen.algorithm.startsWith('pbkdf2') ? 'too-cheap' : 'not-approved',
            expected: 'PBKDF2-HMAC with 600,000 passes and SHA-256, or 220,000 and SHA-512, and a salt of 16 bytes',
            seen: `${seen.algorithm} with ${count(seen.iterations, 'pass', 'passes')} and a salt of ${number(seen.saltBytes)} bytes`,
          }
        : null
    if (call === null || call.outcome.is === 'info') return null
    const { outcome } = call
    const expected = "'wrong-format': it was set up outside of the profile"
    if (outcome.is === 'ok') return { kind: 'opens', expected, seen: 'ok' }
    return refusals.has(outcome.failure.code)
      ? null
      : { kind: outcome.failure.code, expected, seen: tellOutcome(outcome) }
  },
}
