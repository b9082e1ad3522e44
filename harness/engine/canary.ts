import type { Secret, SeenValue, ValueKind, ValueRef } from '../contract/values.ts'
import { sizeOf, writeCanary } from './canary-bytes.ts'

function bytesOf(ref: ValueRef): Buffer {
  const bytes = Buffer.alloc(sizeOf(ref))
  writeCanary(ref, bytes)
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
  const secret = values === 'text' ? bytesOf(ref).toString('utf8') : bytesOf(ref)
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
