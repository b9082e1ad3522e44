import { z } from 'zod'
import { callerSchema, capabilitySchema } from './capabilities.ts'
import { failureSchema } from './codes.ts'
import { descriptionSchema } from './description.ts'
import { nativeErrorSchema } from './mapping.ts'
import { accessPolicies, operationNames, unlockMethods } from './operations.ts'
import { pinRefSchema, valueRefSchema } from './values.ts'

/** The version of the protocol between harness and adapter, in the hello of both sides. */
export const protocolVersion = 1

/** A secret on the wire: base64 of its bytes, or text for a text vault. */
export const wireSecretSchema = z.union([z.strictObject({ bytes: z.base64() }), z.strictObject({ text: z.string() })])
export type WireSecret = Readonly<z.infer<typeof wireSecretSchema>>

/** A value that was read, where secrets are recipes: SHA-256 in hexadecimal, and how many bytes it has. */
export const digestSchema = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.number().int().nonnegative().max(16_777_216),
})
export type Digest = Readonly<z.infer<typeof digestSchema>>

const wireValueSchema = z.union([wireSecretSchema, valueRefSchema])
const wirePinSchema = z.union([wireSecretSchema, pinRefSchema])

/** What the harness sends, by the key that tells them apart. */
export const requestForms = {
  hello: z.strictObject({ hello: z.strictObject({ protocol: z.number().int() }) }),
  begin: z.strictObject({ id: z.number().int(), begin: z.strictObject({ namespace: z.string() }) }),
  /** Where secrets are recipes: make this one and keep it until the next `hold`; null keeps none. */
  hold: z.strictObject({ id: z.number().int(), hold: valueRefSchema.nullable() }),
  op: z.strictObject({
    id: z.number().int(),
    op: z.enum(operationNames),
    name: z.string().optional(),
    value: wireValueSchema.optional(),
    pin: wirePinSchema.nullable().optional(),
    next: wirePinSchema.optional(),
    key: wireValueSchema.optional(),
    method: z.enum(unlockMethods).optional(),
    access: z.enum(accessPolicies).optional(),
    event: z.strictObject({ action: z.string(), subject: z.string() }).optional(),
    witnessed: z.string().optional(),
    caller: callerSchema.optional(),
    capabilities: z.array(capabilitySchema).optional(),
    transaction: z.strictObject({ id: z.string(), fields: z.record(z.string(), z.string()) }).optional(),
    signed: z.string().optional(),
  }),
}
/** What the harness sends, one JSON object a line. */
export const requestSchema = z.union([requestForms.hello, requestForms.begin, requestForms.hold, requestForms.op])
export type Request = Readonly<z.infer<typeof requestSchema>>

/** What the adapter sends back, by the key that tells them apart. */
export const responseForms = {
  hello: z.strictObject({ hello: z.strictObject({ protocol: z.number().int(), description: descriptionSchema }) }),
  ok: z.strictObject({
    id: z.number().int(),
    ok: z.union([z.null(), z.boolean(), z.string(), z.array(z.string()), wireSecretSchema, digestSchema]),
  }),
  fail: z.strictObject({ id: z.number().int(), fail: failureSchema }),
  native: z.strictObject({ id: z.number().int(), native: nativeErrorSchema }),
}
/** What the adapter sends back. Answers may come in any order. */
export const responseSchema = z.union([responseForms.hello, responseForms.ok, responseForms.fail, responseForms.native])
export type Response = Readonly<z.infer<typeof responseSchema>>

/**
 * The form that a message means to have: no two share a key, so one that has the key of a form can be of no other.
 * Trying all of them would cost more than the way over the pipe.
 */
export function formOf<F extends object, O>(forms: F, message: unknown, orElse: O): F[keyof F] | O {
  if (typeof message !== 'object' || message === null) return orElse
  for (const key in forms) if (key in message) return forms[key]
  return orElse
}
