import { count, number } from '../../contract/count.ts'
import type { Observation } from '../../contract/history.ts'
import type { Requirement } from '../requirement.ts'
import { isApproved } from './approved-floor.ts'

/** Argon2id: memory in KiB and the passes that OWASP asks for with it, most memory first. */
const floor: readonly (readonly [memoryKiB: number, iterations: number])[] = [
  [47_104, 1],
  [19_456, 2],
  [12_288, 3],
  [9216, 4],
  [7168, 5],
]

function tooCheap(seen: Observation & { probe: 'kdf' }): boolean {
  if (isApproved(seen)) return false
  if (seen.algorithm !== 'argon2id' || seen.saltBytes < 16) return true
  return !floor.some(([memoryKiB, iterations]) => seen.memoryKiB >= memoryKiB && seen.iterations >= iterations)
}

export const requirement: Requirement = {
  id: 'KDF-01',
  family: 'KDF',
  level: 'MUST',
  profiles: ['pin'],
  clause:
    'A key that is derived from a PIN costs an attacker at least what OWASP asks for, and has a salt of 16 bytes or more.',
  threat: 'BYPASS',
  cwe: ['CWE-916', 'CWE-760'],
  maswe: ['MASWE-0014'],
  why: 'Whoever copies the files tries every PIN in an afternoon.',
  advice: 'Argon2id with at least 19 MiB and two passes; raise it toward the unlock time that you can afford.',
  sources: ['OWASP Password Storage Cheat Sheet', 'RFC 9106', 'NIST SP 800-132'],
  needs: ['observed-kdf'],
  judges: ['derived-key'],
  twin: ['right-pin', 'acknowledged-write'],
  breach: ({ seen }) =>
    seen?.probe === 'kdf' && tooCheap(seen)
      ? {
          kind: 'below-floor',
          expected: 'Argon2id with 19,456 KiB and 2 passes or an equivalent, and a salt of 16 bytes',
          seen: `${seen.algorithm} with ${number(seen.memoryKiB)} KiB, ${count(seen.iterations, 'pass', 'passes')} and a salt of ${count(seen.saltBytes, 'byte')}`,
        }
      : null,
}
