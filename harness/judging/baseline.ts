import { z } from 'zod'

const sayWhy = 'say why this failure is accepted'

/** A failure that is known: why it is accepted, where that is written, and until when. */
export const baselineEntrySchema = z.strictObject({
  target: z.string('name the target, as vault@device').min(1),
  requirement: z.string('name the requirement by its id').min(1),
  /** Only this failure of it; without, any. */
  fingerprint: z.string().optional(),
  /** It does not show in every run: one that holds is then no surprise. */
  sometimes: z.literal(true).optional(),
  reason: z.string(sayWhy).trim().min(1, sayWhy),
  link: z.url('give the address where this is discussed'),
  /** Last day on which it is accepted, YYYY-MM-DD. */
  expires: z.iso.date('give the last day, as YYYY-MM-DD'),
})
export type BaselineEntry = Readonly<z.infer<typeof baselineEntrySchema>>
export const baselineSchema = z.strictObject({ known: z.array(baselineEntrySchema) })
export type Baseline = Readonly<z.infer<typeof baselineSchema>>

/** The baseline is wrong in itself. The message is one sentence. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError'
}

/** Reads a baseline's text. Entries must name requirements that exist. */
export function readBaseline(text: string, file: string, exists: (requirement: string) => boolean): Baseline {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (cause) {
    throw new BaselineError(`${file} is not JSON: ${cause instanceof Error ? cause.message : ''}`, { cause })
  }
  const read = baselineSchema.safeParse(raw)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new BaselineError(`${file}: ${issue?.path.join('.')}: ${issue?.message}`, { cause: read.error })
  }
  for (const [index, { requirement }] of read.data.known.entries())
    if (!exists(requirement))
      throw new BaselineError(`${file}: known.${index}: there is no requirement '${requirement}'`)
  return read.data
}

/** The entry that covers a failure, where there is one. */
export const covers = (
  baseline: Baseline,
  target: string,
  requirement: string,
  fingerprint: string,
): BaselineEntry | undefined =>
  baseline.known.find(
    (entry) =>
      entry.target === target &&
      entry.requirement === requirement &&
      (entry.fingerprint === undefined || entry.fingerprint === fingerprint),
  )

/** Whether an entry is past its last day. `today` as YYYY-MM-DD. */
export const expired = (entry: BaselineEntry, today: string): boolean => entry.expires < today
