import type { Observation } from '../../contract/history.ts'

/** Passes of PBKDF2 that OWASP asks for, by the algorithm as devices tell it; with SHA-512 a little more than it asks for. */
const least: Readonly<Record<string, number>> = { 'pbkdf2-hmac-sha256': 600_000, 'pbkdf2-hmac-sha512': 220_000 }

/** Whether a derivation is by an approved algorithm, and costs what OWASP asks for. */
export const isApproved = ({ algorithm, iterations, saltBytes }: Observation & { probe: 'kdf' }): boolean =>
  saltBytes >= 16 && iterations >= (least[algorithm] ?? Number.POSITIVE_INFINITY)
