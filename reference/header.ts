import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from './failure.ts'
import { mac } from './keys.ts'

/** What the header says. `slots` are the ways to come by the vault key; the first form has one. */
const headerSchema = z.strictObject({
  format: z.literal(1),
  vault: z.string().regex(/^[0-9a-f]{32}$/),
  slots: z.array(z.strictObject({ method: z.literal('keyring') })).min(1),
})
const formatSchema = z.looseObject({ format: z.number().int() })

export interface Header {
  readonly id: Buffer
  /** Refuses with `corrupt` unless the header was written by who had this key. */
  verify(key: Uint8Array): void
}

/** The header's bytes: a line of JSON, and a line with its HMAC under the vault's header key. */
export function encodeHeader(id: Uint8Array, key: Uint8Array): Buffer {
  const header = { format: 1, vault: Buffer.from(id).toString('hex'), slots: [{ method: 'keyring' }] }
  const line = JSON.stringify(headerSchema.parse(header))
  return Buffer.from(`${line}\n${mac(key, Buffer.from(line)).toString('hex')}\n`)
}

/** @throws Refusal `wrong-format` for the header of a newer vault, `corrupt` for anything else that is no header. */
export function decodeHeader(bytes: Uint8Array): Header {
  const [line = '', tag = ''] = Buffer.from(bytes).toString('utf8').split('\n')
  const json = parse(line)
  const format = formatSchema.safeParse(json)
  if (format.success && format.data.format > 1)
    throw new Refusal('wrong-format', { reason: `the vault is of format ${format.data.format}, this build reads 1` })
  const header = headerSchema.safeParse(json)
  if (!header.success) throw new Refusal('corrupt', { reason: 'the header is damaged' })
  return {
    id: Buffer.from(header.data.vault, 'hex'),
    verify(key) {
      const expected = mac(key, Buffer.from(line))
      const given = Buffer.from(tag, 'hex')
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        throw new Refusal('corrupt', { reason: 'the header was changed' })
    },
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
