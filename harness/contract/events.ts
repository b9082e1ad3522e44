import { z } from 'zod'

/**
 * What an audit log is told, as a recipe: programs and histories hold this. `split` and `joined` of one number are two
 * different events, whose fields put one after the other read the same.
 */
export const eventRefSchema = z.strictObject({
  event: z.number().int().nonnegative(),
  shape: z.enum(['plain', 'split', 'joined']),
})
export type EventRef = Readonly<z.infer<typeof eventRefSchema>>

/** What a vault is told: what was done, and to what. No secret. */
export interface AuditEvent {
  readonly action: string
  readonly subject: string
}

/** What lies between fields where somebody writes them one after the other. */
const separators = ['', '|', ',', '\n', ' ', ':', ';', '\0', '","', '","subject":"'] as const

export function eventOf({ event, shape }: EventRef): AuditEvent {
  const between = separators[event % separators.length] ?? ''
  switch (shape) {
    case 'plain':
      return { action: 'open', subject: `account ${event}` }
    case 'split':
      return { action: 'pay', subject: `1${event}${between}0 to b` }
    case 'joined':
      return { action: `pay${between}1${event}`, subject: '0 to b' }
  }
}

/** An event as a vault gives it back: the JSON text of its two fields. */
export const tellEvent = ({ action, subject }: AuditEvent): string => JSON.stringify([action, subject])
