import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from './failure.ts'
import { mac } from './keys.ts'
import { type Slot, slotSchema } from './methods/slot.ts'

const format = 2
const headerSchema = z.strictObject({
  format: z.literal(format),
  vault: z.string().regex(/^[0-9a-f]{32}$/),
  /** The vault's generation when this header was written. */
  generation: z.number().int().positive(),
  /** One slot a method. */
  slots: z
    .array(slotSchema)
    .min(1)
    .refine((slots) => new Set(slots.map((slot) => slot.method)).size === slots.length),
})
const formatSchema = z.looseObject({ format: z.number().int() })

/** What the header says: which vault, and the slots that open it. */
export interface Header {
  readonly id: Buffer
  readonly generation: number
  readonly slots: readonly Slot[]
}
/** The keys that a header is authenticated with: one in the keyring, checked before any slot is tried, and one derived from the vault key. */
export interface HeaderKeys {
  readonly guard: Uint8Array
  readonly vault: Uint8Array
}

/** A header as it was read. Nothing in it is authenticated yet. */
export interface SealedHeader {
  readonly header: Header
  readonly digest: Buffer
  /** Whether it was written by who had the guard key. */
  guarded(guard: Uint8Array): boolean
  /** @throws Refusal `corrupt` unless it was written by who had the vault key. */
  verify(key: Uint8Array): void
}

export const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/**
 * The header's bytes, one form for one content: a line of JSON, a line for each of its two HMACs, and a line with the
 * hash of these, which tells damage from an unknown format before there is a key.
 */
export function encodeHeader({ id, generation, slots }: Header, keys: HeaderKeys): Buffer {
  const line = JSON.stringify(headerSchema.parse({ format, vault: hex(id), generation, slots }))
  const bytes = Buffer.from(line)
  const sealed = Buffer.from(`${line}\n${hex(mac(keys.guard, bytes))}\n${hex(mac(keys.vault, bytes))}\n`)
  return Buffer.concat([sealed, Buffer.from(`${hex(digestOf(sealed))}\n`)])
}

/** @throws Refusal `wrong-format` for the header of another version, `corrupt` for anything else that is no header. */
export function decodeHeader(bytes: Uint8Array): SealedHeader {
  const text = Buffer.from(bytes).toString('latin1')
  const [line = '', guardTag = '', vaultTag = '', sum = ''] = text.split('\n')
  const sealed = `${line}\n${guardTag}\n${vaultTag}\n`
  if (text !== `${sealed}${sum}\n` || hex(digestOf(Buffer.from(sealed, 'latin1'))) !== sum) throw damaged()
  const json = parse(line)
  const known = formatSchema.safeParse(json)
  if (known.success && known.data.format !== format)
    throw new Refusal('wrong-format', {
      reason: `the vault is of format ${known.data.format}, this build reads ${format}`,
    })
  const header = headerSchema.safeParse(json)
  if (!header.success || JSON.stringify(header.data) !== line) throw damaged()
  const { vault, generation, slots } = header.data
  return {
    header: { id: Buffer.from(vault, 'hex'), generation, slots },
    digest: digestOf(bytes),
    guarded: (guard) => matches(mac(guard, Buffer.from(line)), guardTag),
    verify(key) {
      if (!matches(mac(key, Buffer.from(line)), vaultTag))
        throw new Refusal('corrupt', { reason: 'the header was changed' })
    },
  }
}

function matches(expected: Buffer, given: string): boolean {
  const tag = Buffer.from(given, 'hex')
  return tag.length === expected.length && timingSafeEqual(tag, expected)
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

const damaged = () => new Refusal('corrupt', { reason: 'the header is damaged' })
