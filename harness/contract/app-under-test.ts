import { z } from 'zod'

/** How an app is signed, as far as its file shows. Nothing here checks a signature. */
export const appSignatureSchema = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('signed'),
    /** `v1`, `v2`, `v3` and `v3.1` of Android; `code signature` of a bundle. */
    schemes: z.array(z.string()).min(1),
    /** Whether the certificate is the one that debug builds are signed with; null where it cannot be told. */
    debug: z.boolean().nullable(),
  }),
  z.strictObject({ is: z.literal('unsigned') }),
  z.strictObject({ is: z.literal('unknown'), why: z.string() }),
])
export type AppSignature = Readonly<z.infer<typeof appSignatureSchema>>

/** How the app under test came onto the phone. */
export const appArrivals = {
  same: 'what was installed already has the digest of what was given',
  installed: 'it was installed now, since what was there was another, or could not be compared',
  driver: 'the driver decided whether to install it',
  there: 'it was installed before, and nothing was given to compare it with',
} as const
export type AppArrival = keyof typeof appArrivals

/** The app that the vault under test is in, on a phone of one's own. */
export const appUnderTestSchema = z.strictObject({
  /** Package or bundle id. */
  id: z.string(),
  /** SHA-256 of what was given, as hexadecimal digits; null where only the driver or the phone has it. */
  sha256: z.string().nullable(),
  signature: appSignatureSchema,
  arrival: z.enum(Object.keys(appArrivals) as [AppArrival, ...AppArrival[]]),
})
export type AppUnderTest = Readonly<z.infer<typeof appUnderTestSchema>>
