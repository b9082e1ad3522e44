import type { Secret, SeenValue, ValueKind, ValueRef } from '../contract/values.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A stream of 32-bit numbers from a recipe (splitmix32): the same everywhere, no two recipes alike. */
function stream({ canary, size, kind }: ValueRef): () => number {
  let state =
    (Math.imul(canary + 1, 0x9e3779b1) ^ Math.imul(size + 1, 0x85ebca6b) ^ (kind.charCodeAt(0) << 8) ^ kind.length) >>>
    0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
}

function plain(next: () => number, size: number): string {
  let text = ''
  for (let i = 0; i < size; i++) text += alphabet[next() % alphabet.length]
  return text
}

/** Puts `marks` into a body so that the whole has the asked size in UTF-8 bytes, or the marks alone where it is small. */
function around(next: () => number, size: number, before: string, inside: string, after: string): string {
  const room = Math.max(0, size - Buffer.byteLength(before + inside + after))
  const half = room >> 1
  return before + plain(next, half) + inside + plain(next, room - half) + after
}

function textOf(ref: ValueRef): string {
  const next = stream(ref)
  switch (ref.kind) {
    case 'empty':
      return ''
    case 'text':
    case 'binary':
      return plain(next, ref.size)
    case 'newline':
      return around(next, ref.size, ' ', '\n\r\n', '\n')
    case 'unicode':
      return around(next, ref.size, 'ä', 'e\u0301\u{1f511}', 'ß')
    case 'nul':
      return around(next, ref.size, '', '\0', '')
    case 'hex':
      return Buffer.from(plain(next, Math.max(1, ref.size >> 1)), 'latin1').toString('hex')
  }
}

function bytesOf(ref: ValueRef): Uint8Array {
  if (ref.kind !== 'binary') return Buffer.from(textOf(ref), 'utf8')
  const next = stream(ref)
  const bytes = new Uint8Array(Math.max(2, ref.size))
  // 0xff is never part of UTF-8. No zero bytes: what a store does with those is a kind of its own.
  for (let i = 0; i < bytes.length; i++) bytes[i] = (next() % 255) + 1
  bytes[0] = 0xff
  return bytes
}

/** A secret, and the text that stands for it wherever secrets are compared: itself, or its bytes as Latin-1. */
interface Made {
  readonly secret: Secret
  readonly key: string
}
const cache = new Map<string, Made>()

function madeOf(ref: ValueRef, values: 'bytes' | 'text'): Made {
  const recipe = `${ref.canary}/${ref.size}/${ref.kind}/${values}`
  const known = cache.get(recipe)
  if (known !== undefined) return known
  if (cache.size > 20_000) cache.clear()
  const secret = values === 'text' ? textOf(ref) : bytesOf(ref)
  const made = { secret, key: keyOf(secret) }
  cache.set(recipe, made)
  return made
}

/** The bytes, or text for a text vault, of a recipe. Cached: callers must not change what they get. */
export const secretOf = (ref: ValueRef, values: 'bytes' | 'text'): Secret => madeOf(ref, values).secret

/** Whether a text vault can be given this at all. */
export const isText = (kind: ValueKind): boolean => kind !== 'binary'

const keyOf = (secret: Secret): string =>
  typeof secret === 'string' ? secret : Buffer.from(secret.buffer, secret.byteOffset, secret.length).toString('latin1')

/** The secrets of one program: turns what a vault returns back into the recipe it was made from. */
export interface Canaries {
  /** The secret to hand to the vault. */
  make(ref: ValueRef): Secret
  /** Which recipe this is, or how it differs from the nearest one written. */
  recognise(secret: Secret): SeenValue
  readonly used: ReadonlyMap<string, ValueRef>
}

export function canaries(values: 'bytes' | 'text'): Canaries {
  const used = new Map<string, ValueRef>()
  return {
    used,
    make(ref) {
      const { secret, key } = madeOf(ref, values)
      used.set(key, ref)
      return secret
    },
    recognise(secret) {
      const key = keyOf(secret)
      const ref = used.get(key)
      if (ref !== undefined) return { is: 'canary', canary: ref }
      for (const [written, of] of used) {
        const how = likeness(written, key)
        if (how !== null) return { is: 'altered', of, how, size: key.length }
      }
      return { is: 'altered', of: null, how: 'unlike', size: key.length }
    },
  }
}

type Likeness = (SeenValue & { is: 'altered' })['how']

function likeness(written: string, seen: string): Likeness | null {
  if (seen !== '' && written.trim() === seen.trim()) return 'trimmed'
  const lines = (text: string) => text.replaceAll('\r\n', '\n').trim()
  if (seen !== '' && lines(written) === lines(seen)) return 'line-ends'
  if (seen.length >= 4 && written.startsWith(seen)) return 'cut'
  if (written.length >= 4 && seen.startsWith(written)) return 'extended'
  const bytes = Buffer.from(written, 'latin1')
  const encoded = [bytes.toString('base64'), bytes.toString('hex'), Buffer.from(written, 'utf8').toString('latin1')]
  if (written !== '' && encoded.includes(seen)) return 're-encoded'
  if (
    seen !== '' &&
    [Buffer.from(written, 'hex').toString('latin1'), Buffer.from(written, 'base64').toString('latin1')].includes(seen)
  )
    return 're-encoded'
  return null
}
