import { isUtf8 } from 'node:buffer'
import type { Encoded } from '../contract/device.ts'

/** Base64 looks different at each of three offsets within its surroundings; what is certain of it is the middle. */
function base64At(secret: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), secret]).toString('base64')
  const first = offset === 0 ? 0 : 4
  const last = Math.floor((offset + secret.length) / 3) * 4
  return encoded.slice(first, last)
}
const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_')

/** As in an address: what is neither letter, digit nor one of a few marks is written as its bytes. */
function percent(secret: Buffer, unreserved: RegExp): string {
  let written = ''
  for (const byte of secret) {
    const character = String.fromCharCode(byte)
    written += unreserved.test(character) ? character : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`
  }
  return written
}

const withoutMarks = (json: string): string => json.slice(1, -1)
/** As ports of JSON write it that keep to ASCII. */
const ascii = (json: string): string =>
  json.replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/**
 * A secret in every form that an output, a file, an attribute or memory may hold it in. Of forms that come out the same
 * only the first is named.
 */
export function encodingsOf(secret: Buffer): readonly Encoded[] {
  // What is no text is taken for one all the same by code that makes strings of bytes, a character for each.
  const readable = secret.toString(isUtf8(secret) ? 'utf8' : 'latin1')
  const utf16 = Buffer.from(readable, 'utf16le')
  const json = withoutMarks(JSON.stringify(readable))
  const base64 = [0, 1, 2].map((offset) => base64At(secret, offset))
  const texts: readonly (readonly [encoding: string, text: string])[] = [
    ['utf-8', readable],
    ['hex', secret.toString('hex')],
    ['HEX', secret.toString('hex').toUpperCase()],
    ...base64.map((text, offset) => [offset === 0 ? 'base64' : `base64+${offset}`, text] as const),
    ...base64.map((text, offset) => [offset === 0 ? 'base64url' : `base64url+${offset}`, urlSafe(text)] as const),
    ['json', json],
    ['json-ascii', ascii(json)],
    ['percent', percent(secret, /[A-Za-z0-9\-_.!~*'()]/)],
    ['form', percent(secret, /[A-Za-z0-9\-_.*]/).replaceAll('%20', '+')],
    ['numbers', [...secret].join(',')],
    ['numbers-spaced', [...secret].join(', ')],
  ]
  const found: Encoded[] = [
    { encoding: isUtf8(secret) ? 'utf-8' : 'bytes', bytes: secret },
    { encoding: 'utf-16', bytes: utf16 },
    { encoding: 'utf-16be', bytes: Buffer.from(utf16).swap16() },
    { encoding: 'reversed', bytes: Buffer.from(secret).reverse() },
  ]
  for (const [encoding, text] of texts) {
    const bytes = Buffer.from(text)
    if (!found.some((other) => other.bytes.equals(bytes))) found.push({ encoding, bytes })
  }
  return found
}
