import type { ValueRef } from '../contract/values.ts'

/** Shorter ones would be found by chance. Bytes. */
const shortest = 12

/** `text`: its bytes as Latin-1. Strings are searched faster than buffers where there are many small ones. */
interface Needle {
  readonly encoding: string
  readonly text: string
}
export interface Leak {
  readonly canary: number
  readonly encoding: string
}

/** Base64 looks different at each of three offsets within its surroundings; what is certain of it is the middle. */
function base64At(secret: Buffer, offset: number): Buffer {
  const encoded = Buffer.concat([Buffer.alloc(offset), secret]).toString('base64')
  const first = offset === 0 ? 0 : 4
  const last = Math.floor((offset + secret.length) / 3) * 4
  return Buffer.from(encoded.slice(first, last))
}

/** A secret in every encoding that a log, a file or memory may hold it in. */
export function encodingsOf(secret: Buffer): readonly { readonly encoding: string; readonly bytes: Buffer }[] {
  const readable = secret.toString('utf8')
  const escaped = JSON.stringify(readable).slice(1, -1)
  return [
    { encoding: 'utf-8', bytes: secret },
    { encoding: 'utf-16', bytes: Buffer.from(readable, 'utf16le') },
    { encoding: 'hex', bytes: Buffer.from(secret.toString('hex')) },
    { encoding: 'HEX', bytes: Buffer.from(secret.toString('hex').toUpperCase()) },
    { encoding: 'base64', bytes: base64At(secret, 0) },
    { encoding: 'base64+1', bytes: base64At(secret, 1) },
    { encoding: 'base64+2', bytes: base64At(secret, 2) },
    { encoding: 'reversed', bytes: Buffer.from(secret).reverse() },
    ...(escaped === readable ? [] : [{ encoding: 'json', bytes: Buffer.from(escaped) }]),
  ]
}

function needlesOf(key: string, text: boolean): readonly Needle[] {
  const raw = Buffer.from(key, text ? 'utf8' : 'latin1')
  if (raw.length < shortest) return []
  // A long secret is known by its beginning: the search costs less and a cut copy is found too.
  return encodingsOf(raw.subarray(0, 48)).map(({ encoding, bytes }) => ({ encoding, text: bytes.toString('latin1') }))
}

/** Programs draw from the same few thousand secrets, and making needles costs more than looking for them. */
const most = 4096
const made = { text: new Map<string, readonly Needle[]>(), bytes: new Map<string, readonly Needle[]>() }

function knownNeedles(key: string, text: boolean): readonly Needle[] {
  const cache = made[text ? 'text' : 'bytes']
  const known = cache.get(key)
  if (known !== undefined) return known
  if (cache.size >= most) cache.clear()
  const needles = needlesOf(key, text)
  cache.set(key, needles)
  return needles
}

/** Searches bytes for secrets in every encoding that a log or file may hold them in. */
export function findLeaks(haystack: Buffer, used: ReadonlyMap<string, ValueRef>, text: boolean): readonly Leak[] {
  if (haystack.length < shortest || used.size === 0) return []
  const content = haystack.toString('latin1')
  const found: Leak[] = []
  for (const [key, { canary }] of used)
    for (const needle of knownNeedles(key, text))
      if (content.includes(needle.text)) found.push({ canary, encoding: needle.encoding })
  return found
}
