import { z } from 'zod'
import { failureSchema } from './codes.ts'
import { descriptionSchema } from './description.ts'
import { nativeErrorSchema } from './mapping.ts'
import { operationNames, unlockMethods } from './operations.ts'

/** The version of the protocol between harness and adapter, in the hello of both sides. */
export const protocolVersion = 1

/** A secret on the wire: base64 of its bytes, or text for a text vault. */
export const wireSecretSchema = z.union([z.strictObject({ bytes: z.base64() }), z.strictObject({ text: z.string() })])
export type WireSecret = Readonly<z.infer<typeof wireSecretSchema>>

/** What the harness sends, one JSON object a line. */
export const requestSchema = z.union([
  z.strictObject({ hello: z.strictObject({ protocol: z.number().int() }) }),
  z.strictObject({ id: z.number().int(), begin: z.strictObject({ namespace: z.string() }) }),
  z.strictObject({
    id: z.number().int(),
    op: z.enum(operationNames),
    name: z.string().optional(),
    value: wireSecretSchema.optional(),
    pin: wireSecretSchema.nullable().optional(),
    next: wireSecretSchema.optional(),
    method: z.enum(unlockMethods).optional(),
  }),
])
export type Request = Readonly<z.infer<typeof requestSchema>>

/** What the adapter sends back. Answers may come in any order. */
export const responseSchema = z.union([
  z.strictObject({ hello: z.strictObject({ protocol: z.number().int(), description: descriptionSchema }) }),
  z.strictObject({
    id: z.number().int(),
    ok: z.union([z.null(), z.boolean(), z.string(), z.array(z.string()), wireSecretSchema]),
  }),
  z.strictObject({ id: z.number().int(), fail: failureSchema }),
  z.strictObject({ id: z.number().int(), native: nativeErrorSchema }),
])
export type Response = Readonly<z.infer<typeof responseSchema>>
