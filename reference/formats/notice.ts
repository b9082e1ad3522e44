import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../failure.ts'

/** Bytes of a notice at most: whatever is longer is none, and is not read any further. */
export const noticeLimit = 2048

const noticeSchema = z.strictObject({
  /** The app that it is for. */
  app: z.string().min(1).max(200),
  /** Counted up with each notice of an app: a lower one takes nothing back. */
  serial: z.number().int().positive(),
  /** The oldest build that may open the vault. */
  minimum: z.number().int().nonnegative(),
  /** What a person is told, in one sentence. */
  message: z.string().min(1).max(200),
})
/** What a publisher says of its old builds: they are not to open the vault any more. */
export type Notice = Readonly<z.infer<typeof noticeSchema>>

const purpose = Buffer.from('holdfast notice 1\0')
const prefix = Buffer.from('302a300506032b6570032100', 'hex')

/** What is signed: nothing else that this key signs looks like it. */
export const signedBytes = (notice: Notice): Buffer =>
  Buffer.concat([purpose, Buffer.from(JSON.stringify(noticeSchema.parse(notice)))])

/** The notice as it is sent: a line of JSON, one form for one content, and a line with the signature in hexadecimal. */
export const encodeNotice = (notice: Notice, signature: Uint8Array): Buffer =>
  Buffer.from(`${JSON.stringify(noticeSchema.parse(notice))}\n${Buffer.from(signature).toString('hex')}\n`)

/** @param raw the 32 bytes of an Ed25519 public key */
export function publisherKey(raw: Uint8Array): KeyObject {
  if (raw.length !== 32) throw new Refusal('invalid-argument', { reason: 'a publisher’s key has 32 bytes' })
  return createPublicKey({ key: Buffer.concat([prefix, raw]), format: 'der', type: 'spki' })
}

/** @throws Refusal `rejected` unless exactly these bytes were signed by this publisher for this app. */
export function decodeNotice(bytes: Uint8Array, publisher: KeyObject, app: string): Notice {
  if (bytes.length > noticeLimit) throw rejected('the notice is too long')
  const text = Buffer.from(bytes).toString('utf8')
  const [line = '', signature = ''] = text.split('\n')
  if (text !== `${line}\n${signature}\n` || !/^[0-9a-f]{128}$/.test(signature)) throw rejected('this is no notice')
  const notice = noticeSchema.safeParse(parse(line))
  if (!notice.success || JSON.stringify(notice.data) !== line) throw rejected('this is no notice')
  if (!verify(null, signedBytes(notice.data), publisher, Buffer.from(signature, 'hex')))
    throw rejected('the notice was not signed by the publisher')
  if (notice.data.app !== app) throw rejected('the notice is for another app')
  return notice.data
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

const rejected = (reason: string) => new Refusal('rejected', { reason })
