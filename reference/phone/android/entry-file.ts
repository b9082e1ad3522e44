import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { z } from 'zod'
import { accessPolicies } from '../../../harness/contract/operations.ts'
import { Refusal } from '../../failure.ts'

const hex = z.string().regex(/^([0-9a-f]{2})+$/)

/** What an entry's file says of it in the clear; authenticated with the value. */
export const entryHeaderSchema = z.strictObject({
  format: z.literal(1),
  name: z.string(),
  access: z.enum(accessPolicies),
  /** Which of the entry's two keys opens it. */
  slot: z.union([z.literal(0), z.literal(1)]),
  /** The value's own key, sealed by the entry's key pair. */
  wrapped: hex,
  nonce: hex,
})
export type EntryHeader = Readonly<z.infer<typeof entryHeaderSchema>>
export interface EntryFile {
  readonly header: EntryHeader
  /** The header as it is written. */
  readonly head: Uint8Array
  readonly sealed: Uint8Array
}

export const keySize = 32
export const nonceSize = 12
const tagSize = 16
const lengthSize = 4

/** Over the exact code units: neither case, nor normal form, nor a lone surrogate makes two names one. */
export const nameHash = (name: string): string => createHash('sha256').update(name, 'utf16le').digest('hex')

/** Bound to the app's vault and to all that the header says, the name first. */
const boundTo = (namespace: string, head: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`holdfast phone 1\0${namespace}\0`), head])

/** Header length, header, and the value by AES-256-GCM under its own key. */
export function sealEntry(namespace: string, header: EntryHeader, key: Uint8Array, value: Uint8Array): Uint8Array {
  const head = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(lengthSize)
  length.writeUInt32BE(head.length)
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.from(header.nonce, 'hex'), { authTagLength: tagSize })
  cipher.setAAD(boundTo(namespace, head))
  return Buffer.concat([length, head, cipher.update(value), cipher.final(), cipher.getAuthTag()])
}

/** The file of that name's entry. @throws Refusal `corrupt` where it is not one. */
export function readEntry(file: Uint8Array): EntryFile {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const end = bytes.length < lengthSize ? Number.NaN : lengthSize + bytes.readUInt32BE(0)
  if (!(end + tagSize <= bytes.length)) throw new Refusal('corrupt', { reason: 'the file is cut' })
  const head = bytes.subarray(lengthSize, end)
  return { header: headerOf(head), head, sealed: bytes.subarray(end) }
}

function headerOf(head: Buffer): EntryHeader {
  let json: unknown
  try {
    json = JSON.parse(head.toString('utf8'))
  } catch {
    throw new Refusal('corrupt', { reason: 'the header is damaged' })
  }
  const header = entryHeaderSchema.safeParse(json)
  if (!header.success) throw new Refusal('corrupt', { reason: 'the header is damaged' })
  return header.data
}

/** @throws Refusal `corrupt` where the value, its header or its place was changed. */
export function openEntry(namespace: string, { header, head, sealed }: EntryFile, key: Uint8Array): Uint8Array {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(header.nonce, 'hex'), { authTagLength: tagSize })
    decipher.setAAD(boundTo(namespace, head))
    decipher.setAuthTag(sealed.subarray(-tagSize))
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagSize)), decipher.final()])
  } catch {
    throw new Refusal('corrupt', { reason: 'the value does not open' })
  }
}
