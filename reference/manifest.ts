import { timingSafeEqual } from 'node:crypto'
import { mac } from './keys.ts'

const magic = Buffer.from('HFM2')
const sizes = { id: 16, generation: 8, hash: 32, version: 8, tag: 16, mac: 32 } as const
const headSize = magic.length + sizes.id + sizes.generation
const rowSize = sizes.hash + sizes.version + sizes.tag

/** What an entry's file has to hold: the version it was sealed as, and the tag it was sealed with. */
export interface Row {
  readonly version: number
  readonly tag: Buffer
}
/** All entries of a vault, by the hexadecimal hash of their names. */
export type Rows = ReadonlyMap<string, Row>

/** A manifest as it was read. Not authenticated where `written` was not asked. */
export interface Manifest {
  readonly generation: number
  readonly rows: Rows
}

/** magic | vault | generation | rows in order of their hashes | HMAC of all that. One form for one content. */
export function encodeManifest(key: Uint8Array, vaultId: Uint8Array, { generation, rows }: Manifest): Buffer {
  const bytes = Buffer.alloc(headSize + rows.size * rowSize)
  magic.copy(bytes)
  bytes.set(vaultId, magic.length)
  bytes.writeBigUInt64BE(BigInt(generation), magic.length + sizes.id)
  let at = headSize
  for (const hash of [...rows.keys()].sort()) {
    const row = rows.get(hash)
    if (row === undefined) continue
    bytes.write(hash, at, 'hex')
    bytes.writeBigUInt64BE(BigInt(row.version), at + sizes.hash)
    bytes.set(row.tag, at + sizes.hash + sizes.version)
    at += rowSize
  }
  return Buffer.concat([bytes, mac(key, bytes)])
}

/** The manifest, or null where these bytes are none that this vault has ever written. */
export function decodeManifest(key: Uint8Array, vaultId: Uint8Array, sealed: Uint8Array): Manifest | null {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const body = bytes.subarray(0, -sizes.mac)
  if (body.length < headSize || (body.length - headSize) % rowSize !== 0) return null
  if (!timingSafeEqual(mac(key, body), bytes.subarray(-sizes.mac))) return null
  if (!body.subarray(0, magic.length).equals(magic)) return null
  if (!body.subarray(magic.length, magic.length + sizes.id).equals(vaultId)) return null
  const rows = new Map<string, Row>()
  for (let at = headSize; at < body.length; at += rowSize) {
    const version = Number(body.readBigUInt64BE(at + sizes.hash))
    const tag = Buffer.from(body.subarray(at + sizes.hash + sizes.version, at + rowSize))
    rows.set(body.toString('hex', at, at + sizes.hash), { version, tag })
  }
  return { generation: Number(body.readBigUInt64BE(magic.length + sizes.id)), rows }
}
