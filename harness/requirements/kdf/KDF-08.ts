import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
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
    'Write the profile into the header, derive by PBKDF2-HMAC with SHA-256 there, and refuse a header that names another.',
  sources: ['NIST SP 800-132', 'NIST SP 800-38D'],
  excluded:
    'No vault can claim an approved profile yet: the description has no word for it, and of what a vault uses only the key derivation is seen, not its cipher. KDF-01 takes Argon2id for granted, which is no approved algorithm. It takes the claim, a probe for ciphers, and a reference in that profile.',
}
