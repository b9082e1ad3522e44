import { z } from 'zod'

/** PBKDF2-HMAC as a PIN's derivation, of SP 800-132: what a product takes that may use approved algorithms alone. */
export const pbkdf2Schema = z.strictObject({
  id: z.enum(['pbkdf2-hmac-sha256', 'pbkdf2-hmac-sha512']),
  /** Above this a header is not believed, since opening it would take minutes. */
  iterations: z.number().int().positive().max(50_000_000),
})
export type Pbkdf2Cost = Readonly<z.infer<typeof pbkdf2Schema>>

/**
 * OWASP Password Storage Cheat Sheet asks for 600,000 with SHA-256 and for 210,000 with SHA-512: nothing below is written,
 * and nothing below is opened.
 */
export const pbkdf2Floor: Readonly<Record<Pbkdf2Cost['id'], number>> = {
  'pbkdf2-hmac-sha256': 600_000,
  'pbkdf2-hmac-sha512': 220_000,
}

/** What the approved profile writes unless it is told otherwise. */
export const pbkdf2Default: Pbkdf2Cost = { id: 'pbkdf2-hmac-sha256', iterations: 600_000 }

export const isStrongPbkdf2 = ({ id, iterations }: Pbkdf2Cost): boolean => iterations >= pbkdf2Floor[id]
export const raisedPbkdf2 = ({ id, iterations }: Pbkdf2Cost): Pbkdf2Cost => ({
  id,
  iterations: Math.max(iterations, pbkdf2Floor[id]),
})
