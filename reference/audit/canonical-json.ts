import { Refusal } from '../failure.ts'

/** What canonical JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** How deep values may be nested: far less than any stack holds. */
const deepest = 64

const unfit = (what: string) => new Refusal('bad-encoding', { reason: `${what} has no canonical JSON` })

function text(value: string): string {
  if (!value.isWellFormed()) throw unfit('a text with half a surrogate pair')
  return JSON.stringify(value)
}

function encode(value: unknown, depth: number): string {
  if (depth > deepest) throw unfit('a value nested so deeply')
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw unfit('a number that is not finite')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${Array.from(value, (item) => encode(item, depth + 1)).join(',')}]`
  if (typeof value !== 'object' || ![Object.prototype, null].includes(Object.getPrototypeOf(value)))
    throw unfit(`a ${typeof value} that is no plain value`)
  // The default order is by UTF-16 code units, as RFC 8785 wants it.
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${text(name)}:${encode(field, depth + 1)}`).join(',')}}`
}

/**
 * The same for fields of text alone, in one call of the script engine where they are in order. Its order of fields is that
 * of `Object.keys`, which is in order only where the names themselves are.
 * @throws Refusal `bad-encoding`
 */
export function canonicalTexts(fields: Readonly<Record<string, string>>): string {
  let ordered = Object.getPrototypeOf(fields) === Object.prototype
  let before = ''
  for (const name of Object.keys(fields)) {
    const value: unknown = fields[name]
    if (typeof value !== 'string') throw unfit(`a ${typeof value} where a text belongs`)
    ordered &&= before <= name && name.isWellFormed() && value.isWellFormed()
    before = name
  }
  return ordered ? JSON.stringify(fields) : encode(fields, 0)
}

/**
 * The one form of a value by RFC 8785: two values have the same bytes only where they are the same.
 * @throws Refusal `bad-encoding` for what JSON cannot hold, rather than leaving it out
 */
export const canonicalJson = (value: unknown): string => encode(value, 0)
