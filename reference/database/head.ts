import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../failure.ts'
import { digestOf } from '../header.ts'
import { mac } from '../keys.ts'

/** The format that this build writes. It reads `oldestFormat` too, to bring it up to this one. */
export const currentFormat = 2
export const oldestFormat = 1
/** Under this name in the vault's folder; the next one is staged beside it. */
export const headPath = 'database.head'
export const stagedHeadPath = 'database.head-next'
/** Bytes of a head at most: whatever is longer is none, and is not read any further. */
export const headLimit = 1024

const headSchema = z.strictObject({
  format: z.number().int().min(oldestFormat).max(currentFormat),
  vault: z.string().regex(/^[0-9a-f]{32}$/),
  /** Which file has the rows. Counted up with each that takes the place of another. */
  file: z.number().int().positive().max(1_000_000_000),
})
const formatSchema = z.looseObject({ format: z.number().int() })

/** What stands in the clear beside the database: which vault it is of, its format, and which file counts. */
export interface Head {
  readonly format: number
  readonly id: Buffer
  readonly file: number
}
/** A head as it was read. Nothing in it is authenticated yet. */
export interface SealedHead {
  readonly head: Head
  readonly digest: Buffer
  /** Whether it was written by who had this key: where not, the key is another vault's. */
  fits(key: Uint8Array): boolean
}

export const databasePath = ({ format, file }: Pick<Head, 'format' | 'file'>): string => `vault-${format}.${file}.db`
const databasePattern = /^vault-\d{1,9}\.\d{1,10}\.db(-wal|-shm|-journal)?$/
/** Whether a file is of a database, whichever format it has. */
export const isDatabase = (path: string): boolean => databasePattern.test(path)

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/**
 * A line of JSON, a line with its HMAC, and a line with the hash of both. The hash tells damage from another format before
 * there is a key, and the HMAC tells a wrong key from a damaged database, which the pages alone never do.
 */
export function encodeHead({ format, id, file }: Head, key: Uint8Array): Buffer {
  const line = JSON.stringify(headSchema.parse({ format, vault: hex(id), file }))
  const sealed = `${line}\n${hex(mac(key, Buffer.from(line)))}\n`
  return Buffer.from(`${sealed}${hex(digestOf(Buffer.from(sealed)))}\n`)
}

/** @throws Refusal `wrong-format`, with the format that it is of, or `corrupt`. */
export function decodeHead(bytes: Uint8Array): SealedHead {
  if (bytes.length > headLimit) throw damaged()
  const text = Buffer.from(bytes).toString('latin1')
  const [line = '', tag = '', sum = ''] = text.split('\n')
  const sealed = `${line}\n${tag}\n`
  if (text !== `${sealed}${sum}\n` || hex(digestOf(Buffer.from(sealed, 'latin1'))) !== sum) throw damaged()
  const json = parse(line)
  const known = formatSchema.safeParse(json)
  if (known.success && (known.data.format > currentFormat || known.data.format < oldestFormat))
    throw new Refusal('wrong-format', {
      reason: `the database is of format ${known.data.format}, this build reads ${oldestFormat} to ${currentFormat}`,
    })
  const head = headSchema.safeParse(json)
  if (!head.success || JSON.stringify(head.data) !== line) throw damaged()
  const { format, vault, file } = head.data
  return {
    head: { format, id: Buffer.from(vault, 'hex'), file },
    digest: digestOf(bytes),
    fits(key) {
      const given = Buffer.from(tag, 'hex')
      const expected = mac(key, Buffer.from(line))
      return given.length === expected.length && timingSafeEqual(given, expected)
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

const damaged = () => new Refusal('corrupt', { reason: 'the head of the database is damaged' })
