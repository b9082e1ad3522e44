import { z } from 'zod'
import { codeSchema } from './codes.ts'

/** An error as the vault's platform gave it. `message` is for people; only `text` and `token` rows may look at it. */
export const nativeErrorSchema = z.strictObject({
  domain: z.string(),
  code: z.union([z.string(), z.number(), z.null()]).default(null),
  type: z.string().nullable().default(null),
  message: z.string().default(''),
})
export type NativeError = Readonly<z.infer<typeof nativeErrorSchema>>

/**
 * What a mapping row looks at: a numeric code, a symbolic code, an exception type, nothing at all (the vault answers
 * null for every failure), a documented prefix that the message begins with, or free text inside the message.
 */
export const mappingBasis = ['number', 'code', 'type', 'null', 'token', 'text'] as const

/** One row of an adapter's declared table: this native identity means one of these codes; the first is reported. */
export const mappingRowSchema = z.strictObject({
  match: z.union([z.string(), z.number(), z.null()]),
  by: z.enum(mappingBasis),
  domain: z.string().optional(),
  /** Only for this operation: some vaults answer null to mean different things in different calls. */
  op: z.string().optional(),
  to: z.array(codeSchema).min(1),
})
export type MappingRow = Readonly<z.infer<typeof mappingRowSchema>>
