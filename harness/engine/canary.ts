import {
  type PinRef,
  type Secret,
  type SeenValue,
  type ValueKind,
  type ValueRef,
  valueKinds,
} from '../contract/values.ts'
import { sizeOf, writeCanary } from './canary-bytes.ts'
import type { UsedSecrets } from './leaks.ts'
import { pinSecret } from './pin.ts'

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
const made = { text: new Map<number, Made>(), bytes: new Map<number, Made>() }

/** A recipe as one whole number: looking for a text would take longer than all else. Sizes are below 2 ** 24. */
const recipeOf = ({ canary, size, kind }: ValueRef): number =>
  (canary * 0x1000000 + size) * valueKinds.length + valueKinds.indexOf(kind)

function madeOf(ref: ValueRef, values: 'bytes' | 'text'): Made {
  const cache = made[values]
  const recipe = recipeOf(ref)
  const known = cache.get(recipe)
  if (known !== undefined) return known
  if (cache.size > 20_000) cache.clear()
  const secret = values === 'text' ? bytesOf(ref).toString('utf8') : bytesOf(ref)
  const fresh = { secret, key: keyOf(secret) }
  cache.set(recipe, fresh)
  return fresh
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
  makePin(ref: PinRef): Secret
  /** A raw key, which is bytes whatever the vault keeps, and nothing that it could return. */
  makeKey(ref: ValueRef): Secret
  /** Which recipe this is, or how it differs from the nearest one written. */
  recognise(secret: Secret): SeenValue
  readonly used: ReadonlyMap<string, ValueRef>
  /** The same, and PINs. */
  readonly secrets: UsedSecrets
}

/** @param given where every secret is noted too, from the moment that it is made */
export function canaries(values: 'bytes' | 'text', given?: Map<string, ValueRef | PinRef>): Canaries {
  const used = new Map<string, ValueRef>()
  const secrets = new Map<string, ValueRef | PinRef>()
  const note = (key: string, ref: ValueRef | PinRef) => {
    secrets.set(key, ref)
    given?.set(key, ref)
  }
  return {
    used,
    secrets,
    make(ref) {
      const { secret, key } = madeOf(ref, values)
      used.set(key, ref)
      note(key, ref)
      return secret
    },
    makePin(ref) {
      const secret = pinSecret(ref, values === 'text')
      note(keyOf(secret), ref)
      return secret
    },
    makeKey(ref) {
      const { secret, key } = madeOf(ref, 'bytes')
      note(key, ref)
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
      const of = partsOf(used, key)
      return { is: 'altered', of, how: of === null ? 'unlike' : 'mixed', size: key.length }
    },
  }
}

/** As much of one secret tells it from any other. */
const telling = 16

/** The secret that this begins or ends like, though it is not that one: parts of several writes. Else null. */
function partsOf(used: ReadonlyMap<string, ValueRef>, seen: string): ValueRef | null {
  if (seen.length < 2 * telling) return null
  const [begin, end] = [seen.slice(0, telling), seen.slice(-telling)]
  const found = [...used].find(([written]) => written.startsWith(begin) || written.endsWith(end))
  return found?.[1] ?? null
}

type Likeness = (SeenValue & { is: 'altered' })['how']

function likeness(written: string, seen: string): Likeness | null {
  if (seen !== '' && written.trim() === seen.trim()) return 'trimmed'
  const lines = (text: string) => text.replaceAll('\r\n', '\n').trim()
  if (seen !== '' && lines(written) === lines(seen)) return 'line-ends'
  if (seen.length >= 4 && written.startsWith(seen)) return 'cut'
  if (seen.length >= 4 && written.endsWith(seen)) return 'tail'
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
