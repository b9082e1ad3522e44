import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { Refusal } from '../failure.ts'
import { canonicalTexts } from './canonical-json.ts'
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
/** Signs of a line before the entry: its leaf hash, a blank. */
const markSize = 65

/** What the first entry has in place of the one before: no log can choose where it begins. */
export const beginningOf = (origin: string): string => hash('sha256', `holdfast audit log\n${origin}\n`)

/** An entry as one line of the log, without its end: its leaf hash, a blank, and canonical JSON, which is the leaf. */
export interface Line {
  readonly text: string
  readonly leaf: Buffer
}

/** RFC 8785 for the fields of an entry, which are always these in this order. @throws Refusal `bad-encoding` */
function entryJson({ at, event, prev, seq }: Entry): string {
  // The one name that an object does not hold as any other.
  if (Object.hasOwn(event, '__proto__')) throw new Refusal('bad-encoding', { reason: 'a field called __proto__' })
  return `{"at":${at},"event":${canonicalTexts(event)},"prev":"${prev}","seq":${seq}}`
}

/** @throws Refusal `too-large`, or `bad-encoding` for text that no JSON holds */
export function encodeEntry(entry: Entry): Line {
  const json = entryJson(entry)
  const bytes = Buffer.from(json)
  if (bytes.length > longestEntry) throw new Refusal('too-large', { limit: longestEntry })
  const leaf = leafHash(bytes)
  return { text: `${leaf.toString('hex')} ${json}`, leaf }
}

const isEvent = (value: unknown): value is AuditEvent =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((field) => typeof field === 'string')
const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value)

/** Not with a schema: a log is read by the hundred thousand entries. Null for what is none, or is so in another form. */
function entryOf(json: string): Entry | null {
  try {
    const parsed: unknown = JSON.parse(json)
    if (typeof parsed !== 'object' || parsed === null) return null
    const { at, event, prev, seq }: Readonly<Record<string, unknown>> = { ...parsed }
    if (!isCount(at) || !isCount(seq) || seq < 0 || !isHash(prev) || !isEvent(event)) return null
    const entry = { seq, at, prev, event }
    // Whatever else there is, in whatever form, is not in what would be written.
    return entryJson(entry) === json ? entry : null
  } catch {
    return null
  }
}

/** The way back; null where the line is not exactly what `encodeEntry` writes. */
export function decodeLine(line: Uint8Array): (Line & { readonly entry: Entry }) | null {
  // Bytes that are no UTF-8 would read as a sign that JSON holds too.
  if (line.length > longestEntry + markSize || !isUtf8(line)) return null
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.length)
  const text = bytes.toString()
  const entry = entryOf(text.slice(markSize))
  if (entry === null) return null
  const leaf = leafHash(bytes.subarray(markSize))
  return text.startsWith(`${leaf.toString('hex')} `) ? { text, leaf, entry } : null
}
