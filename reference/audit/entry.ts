import { hash } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../failure.ts'
import { canonicalJson } from './canonical-json.ts'
import { leafHash } from './merkle-tree.ts'

/** What happened, in the words of the app. Holds no secret: names and ids alone. */
export type AuditEvent = Readonly<Record<string, string>>

/** One entry of the log. */
export interface Entry {
  /** From 0. */
  readonly seq: number
  /** Milliseconds since 1970, by the clock of the machine: a claim, not a proof. */
  readonly at: number
  /** Leaf hash of the entry before, hexadecimal; of the first, the hash of the log's name. */
  readonly prev: string
  readonly event: AuditEvent
}

/** Bytes of the longest entry. */
export const longestEntry = 65_536

const entrySchema = z.strictObject({
  seq: z.number().int().nonnegative(),
  at: z.number().int(),
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  event: z.record(z.string(), z.string()),
})

/** What the first entry has in place of the one before: no log can choose where it begins. */
export const beginningOf = (origin: string): string => hash('sha256', `holdfast audit log\n${origin}\n`)

/** An entry as one line of the log, without its end: its leaf hash, a blank, and canonical JSON, which is the leaf. */
export interface Line {
  readonly text: string
  readonly leaf: Buffer
}

/** @throws Refusal `too-large`, or `bad-encoding` for text that no JSON holds */
export function encodeEntry(entry: Entry): Line {
  // The one name that an object does not hold as any other.
  if (Object.hasOwn(entry.event, '__proto__')) throw new Refusal('bad-encoding', { reason: 'a field called __proto__' })
  const json = canonicalJson(entry)
  const bytes = Buffer.from(json)
  if (bytes.length > longestEntry) throw new Refusal('too-large', { limit: longestEntry })
  const leaf = leafHash(bytes)
  return { text: `${leaf.toString('hex')} ${json}`, leaf }
}

/** The way back; null where the line is not exactly what `encodeEntry` writes. */
export function decodeLine(line: Uint8Array): (Line & { readonly entry: Entry }) | null {
  if (line.length > longestEntry + 65) return null
  const text = Buffer.from(line).toString()
  const json = text.slice(65)
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    return null
  }
  const { data: entry } = entrySchema.safeParse(parsed)
  if (entry === undefined || canonicalJson(entry) !== json) return null
  const leaf = leafHash(Buffer.from(json))
  // Bytes that are no UTF-8 read as a sign that JSON holds too: only the way back shows them.
  return text.startsWith(`${leaf.toString('hex')} `) && Buffer.from(text).equals(line) ? { text, leaf, entry } : null
}
