import { hash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../audit/canonical-json.ts'
import { Refusal } from '../failure.ts'

/** What a person approves. `id` is its own and used once: a second payment of the same sum is another transaction. */
export const transactionSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  /** What is to be done, field by field, as it was shown to the person. */
  fields: z.record(z.string().min(1).max(64), z.string().max(1_024)),
})
export type Transaction = Readonly<z.infer<typeof transactionSchema>>

/** Bytes of the longest one. */
export const longestTransaction = 16_384

/** Ways to sign. `ecdsa-p256-sha256` is what a FIPS profile takes; both are in FIPS 186-5. */
export const algorithms = ['ed25519', 'ecdsa-p256-sha256'] as const
export type Algorithm = (typeof algorithms)[number]

/** A transaction with everything that its signature covers, and the signature. */
export const signedSchema = z.strictObject({
  format: z.literal(1),
  /** Which vault signed it: a signature of one is none of another. */
  signer: z.string().min(1).max(200),
  algorithm: z.enum(algorithms),
  /** Which key: the SHA-256 of the public one, hexadecimal. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  transaction: transactionSchema,
  /** Base64: of Ed25519, or of ECDSA as r and s of 32 bytes each. */
  signature: z.base64().length(88),
})
export type Signed = Readonly<z.infer<typeof signedSchema>>

/** The bytes that are signed: canonical JSON behind a purpose, so that no other signature of the key fits. */
export const signedBytes = ({ format, signer, algorithm, key, transaction }: Omit<Signed, 'signature'>): Buffer =>
  Buffer.from(`holdfast transaction\n${canonicalJson({ format, signer, algorithm, key, transaction })}`)

/** What a log tells of a transaction: its id and this, never its fields. */
export const digestOf = (transaction: Transaction): string => hash('sha256', canonicalJson(transaction))

/** @throws Refusal `invalid-argument`, or `too-large` */
export function checkedTransaction(given: unknown): Transaction {
  const { data } = transactionSchema.safeParse(given)
  // A schema leaves out a field called __proto__: what is signed must be all that was given.
  if (data === undefined || canonicalJson(data) !== canonicalJson(given))
    throw new Refusal('invalid-argument', { reason: 'it is no transaction' })
  if (Buffer.byteLength(canonicalJson(data)) > longestTransaction)
    throw new Refusal('too-large', { limit: longestTransaction })
  return data
}

/** @throws Refusal `rejected` for what is no signed transaction in its one form */
export function parseSigned(text: string): Signed {
  const no = () => new Refusal('rejected', { reason: 'it is no signed transaction' })
  if (text.length > 2 * longestTransaction) throw no()
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw no()
  }
  const { data } = signedSchema.safeParse(json)
  if (data === undefined || canonicalJson(data) !== text) throw no()
  return data
}
