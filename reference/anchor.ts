import { timingSafeEqual } from 'node:crypto'
import type { Keyring, KeyringItem } from '../harness/contract/platforms/desktop.ts'
import { Refusal } from './failure.ts'
import { fromHex, toHex } from './hex.ts'
import { deriveKey, keySize, mac } from './keys.ts'
import { copySecret, joinSecrets, type SecretBytes, secretRoom, takeSecret } from './memory/secret-bytes.ts'

/** Bytes of a vault's id. */
export const idSize = 16
const digestSize = 32
const magic = Buffer.from('HFA2')

/** What the anchor holds, in order, by size in bytes. */
const sizes = {
  magic: magic.length,
  id: idSize,
  /** Key of the header's first HMAC. */
  guard: keySize,
  /** Which of the secrets are there: bit 0 `keyring`, bit 1 `keyring-pin`. */
  has: 1,
  keyring: keySize,
  'keyring-pin': keySize,
  /** Wrong PINs in a row. */
  failures: 4,
  /** Raised with every change of the vault. */
  generation: 8,
  /** SHA-256 of the header, and of the manifest. */
  header: digestSize,
  /** The generation that the manifest was written in. */
  manifestAt: 8,
  manifest: digestSize,
} as const
type Field = keyof typeof sizes

const offsets: Readonly<Record<string, number>> = (() => {
  let at = 0
  const found: Record<string, number> = {}
  for (const [field, size] of Object.entries(sizes)) {
    found[field] = at
    at += size
  }
  return found
})()
const bodySize = Object.values(sizes).reduce((sum, size) => sum + size, 0)

/** The slots whose secret is in the keyring. */
export type AnchoredMethod = 'keyring' | 'keyring-pin'
const bits: Readonly<Record<AnchoredMethod, number>> = { keyring: 1, 'keyring-pin': 2 }

/**
 * What the vault keeps in the operating system's keyring: the secrets of its slots, and what its files have to be. One
 * item, so that it changes as a whole: its change is the moment at which a change of the vault counts.
 */
export interface Anchor extends Disposable {
  readonly id: Uint8Array
  readonly guard: Uint8Array
  readonly failures: number
  readonly generation: number
  readonly header: Uint8Array
  readonly manifestAt: number
  readonly manifest: Uint8Array
  /** Null where there is no such slot. */
  secret(method: AnchoredMethod): Uint8Array | null
  /** The next anchor; this one stays as it is. */
  with(changes: AnchorChanges): Anchor
  /** The item's bytes. */
  encode(): SecretBytes
  /** Whether both say the same. */
  isSame(other: Anchor): boolean
  /** All that it says, without what proves it. */
  readonly body: Uint8Array
}
export interface AnchorChanges {
  readonly failures?: number
  readonly generation?: number
  readonly header?: Uint8Array
  readonly manifest?: { readonly at: number; readonly digest: Uint8Array }
  /** Null destroys the secret. */
  readonly secrets?: Readonly<Partial<Record<AnchoredMethod, Uint8Array | null>>>
}

/** Where the anchor lives in the keyring. */
export const anchorItem = (namespace: string): KeyringItem => ({ service: `${namespace}/vault`, account: 'vault-key' })

/** The anchor of a vault that has no slot and no entry yet. */
export function newAnchor(id: Uint8Array, guard: SecretBytes): Anchor {
  const body = secretRoom(bodySize)
  part(body, 'magic').set(magic)
  part(body, 'id').set(id)
  part(body, 'guard').set(guard.bytes)
  return anchorOf(body, tagKey(body))
}

/** The key of the anchor's own HMAC. Guard and id never change, so it is the same for all anchors of a vault. */
const tagKey = (body: SecretBytes): SecretBytes => deriveKey(part(body, 'guard'), part(body, 'id'), 'anchor')

function anchorOf(body: SecretBytes, key: SecretBytes): Anchor {
  const count = (field: 'generation' | 'manifestAt') => Number(part(body, field).readBigUInt64BE())
  return {
    get id() {
      return part(body, 'id')
    },
    get guard() {
      return part(body, 'guard')
    },
    get failures() {
      return part(body, 'failures').readUInt32BE()
    },
    get generation() {
      return count('generation')
    },
    get header() {
      return part(body, 'header')
    },
    get manifestAt() {
      return count('manifestAt')
    },
    get manifest() {
      return part(body, 'manifest')
    },
    secret: (method) => (((part(body, 'has')[0] ?? 0) & bits[method]) === 0 ? null : part(body, method)),
    with(changes) {
      const next = copySecret(body.bytes)
      change(next, changes)
      return anchorOf(next, copySecret(key.bytes))
    },
    encode() {
      using whole = joinSecrets(body.bytes, mac(key.bytes, body.bytes))
      return toHex(whole.bytes)
    },
    get body() {
      return body.bytes
    },
    isSame: (other) => timingSafeEqual(body.bytes, other.body),
    [Symbol.dispose]() {
      body[Symbol.dispose]()
      key[Symbol.dispose]()
    },
  }
}

function part(body: SecretBytes, field: Field): Buffer {
  const at = offsets[field] ?? 0
  return body.bytes.subarray(at, at + sizes[field])
}

function change(body: SecretBytes, { failures, generation, header, manifest, secrets = {} }: AnchorChanges): void {
  if (failures !== undefined) part(body, 'failures').writeUInt32BE(failures)
  if (generation !== undefined) part(body, 'generation').writeBigUInt64BE(BigInt(generation))
  if (header !== undefined) part(body, 'header').set(header)
  if (manifest !== undefined) {
    part(body, 'manifestAt').writeBigUInt64BE(BigInt(manifest.at))
    part(body, 'manifest').set(manifest.digest)
  }
  const has = part(body, 'has')
  for (const method of ['keyring', 'keyring-pin'] as const) {
    const secret = secrets[method]
    if (secret === undefined) continue
    part(body, method).fill(0)
    if (secret !== null) part(body, method).set(secret)
    has[0] = secret === null ? (has[0] ?? 0) & ~bits[method] : (has[0] ?? 0) | bits[method]
  }
}

/**
 * Takes the anchor out of the keyring; null where there is none.
 * @throws Refusal `wrong-format` where another version wrote it, `corrupt` where it was damaged.
 */
export async function fetchAnchor(keyring: Keyring, item: KeyringItem): Promise<Anchor | null> {
  const secret = await keyring.get(item)
  if (secret === null) return null
  using hex = takeSecret(secret)
  using whole = fromHex(hex.bytes)
  if (whole === null || whole.bytes.length < magic.length) throw damaged()
  if (!whole.bytes.subarray(0, 3).equals(magic.subarray(0, 3))) throw damaged()
  if (whole.bytes[3] !== magic[3])
    throw new Refusal('wrong-format', { reason: 'the key in the keyring was written by another version' })
  if (whole.bytes.length !== bodySize + digestSize) throw damaged()
  const body = copySecret(whole.bytes.subarray(0, bodySize))
  const key = tagKey(body)
  if (timingSafeEqual(mac(key.bytes, body.bytes), whole.bytes.subarray(bodySize))) return anchorOf(body, key)
  body[Symbol.dispose]()
  key[Symbol.dispose]()
  throw damaged()
}

/** Puts the anchor into the keyring. */
export async function keepAnchor(keyring: Keyring, item: KeyringItem, anchor: Anchor): Promise<void> {
  using secret = anchor.encode()
  await keyring.set(item, secret.bytes)
}

const damaged = () => new Refusal('corrupt', { reason: 'the key in the keyring is damaged' })
