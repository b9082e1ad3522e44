import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Random } from '../harness/contract/platforms/desktop.ts'
import { Refusal } from './failure.ts'
import { withByteKey } from './memory/byte-key.ts'
import { decrypt } from './memory/decrypt.ts'

const magic = Buffer.from('HFE2')
const sizes = { version: 8, nonce: 12, tag: 16, nameLength: 4 } as const
const headSize = magic.length + sizes.version + sizes.nonce
const purpose = Buffer.from('holdfast entry 2\0')

/** What an entry is bound to, beside its format: moved anywhere else it does not open. */
export interface Place {
  readonly key: Uint8Array
  readonly vaultId: Uint8Array
  /** The HMAC of the name. */
  readonly nameHash: Uint8Array
}
export interface Content {
  readonly name: string
  readonly value: Uint8Array
}

// All parts but the first are of fixed size, so no two places give the same bytes.
const boundTo = (place: Place, version: Uint8Array): Buffer =>
  Buffer.concat([purpose, place.vaultId, place.nameHash, version])

/** The version written in a sealed entry, not yet authenticated. 0 where it is too short to have one. */
export function versionOf(sealed: Uint8Array): number {
  if (sealed.length < headSize) return 0
  return Number(Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength).readBigUInt64BE(magic.length))
}
/** The tag of a sealed entry: no two entries that were ever sealed have the same. */
export const tagOf = (sealed: Uint8Array): Buffer => Buffer.from(sealed.subarray(-sizes.tag))

/** magic | version | nonce | AES-256-GCM(length of name | name | value) | tag */
export function seal(place: Place, content: Content, version: number, random: Random): Buffer {
  const name = Buffer.from(content.name, 'utf16le')
  const head = Buffer.alloc(headSize)
  magic.copy(head)
  head.writeBigUInt64BE(BigInt(version), magic.length)
  head.set(random.bytes(sizes.nonce), magic.length + sizes.version)
  const length = Buffer.alloc(sizes.nameLength)
  length.writeUInt32BE(name.length)
  const nonce = head.subarray(-sizes.nonce)
  const cipher = withByteKey(() => createCipheriv('aes-256-gcm', place.key, nonce, { authTagLength: sizes.tag }))
  cipher.setAAD(boundTo(place, head.subarray(magic.length, -sizes.nonce)))
  const body = [cipher.update(length), cipher.update(name), cipher.update(content.value), cipher.final()]
  name.fill(0)
  return Buffer.concat([head, ...body, cipher.getAuthTag()])
}

/** @throws Refusal `corrupt` unless exactly these bytes were sealed for exactly this place. */
export function unseal(place: Place, sealed: Uint8Array): Content {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < headSize + sizes.tag || !bytes.subarray(0, magic.length).equals(magic)) throw damaged()
  const version = bytes.subarray(magic.length, magic.length + sizes.version)
  const nonce = bytes.subarray(magic.length + sizes.version, headSize)
  const decipher = withByteKey(() => createDecipheriv('aes-256-gcm', place.key, nonce, { authTagLength: sizes.tag }))
  decipher.setAAD(boundTo(place, version))
  decipher.setAuthTag(bytes.subarray(-sizes.tag))
  // In three steps, so that the value comes out alone and is copied nowhere. Nothing is believed before the tag fits.
  const body = bytes.subarray(headSize, -sizes.tag)
  const nameSize = decrypt(decipher, body.subarray(0, sizes.nameLength))
  const end = sizes.nameLength + (nameSize.length < sizes.nameLength ? 0 : nameSize.readUInt32BE(0))
  const name = decrypt(decipher, body.subarray(sizes.nameLength, end))
  const value = decrypt(decipher, body.subarray(end))
  try {
    decipher.final()
    return { name: name.toString('utf16le'), value: new Uint8Array(value.buffer, value.byteOffset, value.length) }
  } catch {
    value.fill(0)
    throw damaged()
  } finally {
    name.fill(0)
  }
}

const damaged = () => new Refusal('corrupt', { reason: 'an entry is damaged' })
