import { z } from 'zod'

/**
 * What a test secret is made of. `empty` has size 0; `text` is printable ASCII; `newline` has line ends and outer
 * blanks; `unicode` has umlauts, combining marks and astral characters; `wide` has little else; `hex` and `base64` are
 * text that looks encoded; `prefixed` begins with a mark by which some stores know what they encoded; `nul` is text with
 * a zero character inside; `binary` is any byte, never valid UTF-8.
 */
export const valueKinds = [
  'text',
  'newline',
  'unicode',
  'hex',
  'nul',
  'binary',
  'empty',
  'base64',
  'prefixed',
  'wide',
] as const
export type ValueKind = (typeof valueKinds)[number]

/** What `wide` text is made of, again and again: two characters of three bytes and one of four, in UTF-8. */
export const wideGroup = { bytes: 10, units: 4 } as const

/**
 * How long a value is in this unit: bytes of UTF-8, or UTF-16 code units. Of kinds other than `wide` the two differ by a
 * few, if at all.
 */
export function lengthIn(unit: 'bytes' | 'utf16', { kind, size }: ValueRef): number {
  if (unit === 'bytes' || kind !== 'wide') return size
  // What fills up the last group is ASCII.
  return wideGroup.units * Math.floor(size / wideGroup.bytes) + (size % wideGroup.bytes)
}

/** Bytes of the longest `wide` text of so many units. */
export function wideSizeOf(unit: 'bytes' | 'utf16', length: number): number {
  if (unit === 'bytes') return length
  return wideGroup.bytes * Math.floor(length / wideGroup.units) + (length % wideGroup.units)
}

/** A test secret as a recipe: programs, streams and reports hold this and never the bytes. `size` in bytes. */
export const valueRefSchema = z.strictObject({
  canary: z.number().int().nonnegative(),
  size: z.number().int().nonnegative(),
  kind: z.enum(valueKinds),
})
export type ValueRef = Readonly<z.infer<typeof valueRefSchema>>

/** A secret as a vault sees it: bytes, or text where the vault says that it keeps text. */
export type Secret = Uint8Array | string

/** What came back from a read, again without bytes. `size` in the vault's unit. */
export const seenValueSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('canary'), canary: valueRefSchema }),
  z.strictObject({
    is: z.literal('altered'),
    /** The written value it resembles, where there is one. */
    of: valueRefSchema.nullable(),
    how: z.enum(['cut', 'tail', 'mixed', 'extended', 'trimmed', 'line-ends', 're-encoded', 'unlike']),
    size: z.number().int().nonnegative(),
  }),
])
export type SeenValue = Readonly<z.infer<typeof seenValueSchema>>

/** How it was changed, in words. */
export const alterations: Readonly<Record<Extract<SeenValue, { readonly is: 'altered' }>['how'], string>> = {
  cut: 'cut short',
  tail: 'without its beginning',
  mixed: 'mixed up with another one',
  extended: 'with something added',
  trimmed: 'without its outer blanks',
  'line-ends': 'with other line ends',
  're-encoded': 'in another encoding',
  unlike: 'changed beyond recognition',
}

/** A PIN as a recipe: which one of those that tests use. The vault sees its digits. */
export const pinRefSchema = z.strictObject({ pin: z.number().int().nonnegative() })
export type PinRef = Readonly<z.infer<typeof pinRefSchema>>
