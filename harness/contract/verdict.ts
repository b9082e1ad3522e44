import { z } from 'zod'

/** Why something could not be judged here. */
export const causes = ['vault', 'adapter', 'environment', 'operator', 'budget'] as const
export type Cause = (typeof causes)[number]

/** Who is at fault. */
export const blames = ['vault', 'adapter', 'environment', 'harness'] as const
export type Blame = (typeof blames)[number]

/** What is said of one requirement for one target. `why` is a sentence for people. */
export const verdictSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('pass') }),
  /** `why` where it is known and counts all the same: its entry in the baseline has expired. */
  z.strictObject({ is: z.literal('fail'), why: z.string().optional() }),
  z.strictObject({ is: z.literal('expected-fail'), why: z.string() }),
  z.strictObject({ is: z.literal('unexpected-pass'), why: z.string() }),
  z.strictObject({ is: z.literal('not-applicable'), why: z.string() }),
  z.strictObject({ is: z.literal('not-testable'), cause: z.enum(causes), why: z.string() }),
  z.strictObject({ is: z.literal('harness-error'), why: z.string() }),
])
export type Verdict = Readonly<z.infer<typeof verdictSchema>>
