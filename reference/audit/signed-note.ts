import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import { Refusal } from '../failure.ts'

/** Signs notes under a name: C2SP signed-note, Ed25519. */
export interface NoteSigner {
  readonly verifier: NoteVerifier
  sign(text: string): string
}
/** What it takes to believe a note; safe to hand out. */
export interface NoteVerifier {
  readonly name: string
  /** 32 bytes. */
  readonly publicKey: Uint8Array
}

/** Marks an Ed25519 key in a key id and in a verifier key. */
const ed25519 = 1
/** The fixed heads of an Ed25519 key, RFC 8410. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const spki = Buffer.from('302a300506032b6570032100', 'hex')
const dash = '\u2014'
/** Longer than any checkpoint by far: nothing hostile is parsed at length. */
const longest = 16_384

const corrupt = (reason: string) => new Refusal('corrupt', { reason })

const isName = (name: string): boolean => /^[^\s+\p{Cc}]+$/u.test(name)
function keyId({ name, publicKey }: NoteVerifier): Buffer {
  const material = Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([ed25519]), publicKey])
  return hash('sha256', material, 'buffer').subarray(0, 4)
}
const publicOf = (publicKey: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([spki, publicKey]), format: 'der', type: 'spki' })

/** The bytes of base64 as it is written, and no other way to write them; null elsewhere. */
export function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

/**
 * @param seed 32 secret bytes
 * @throws RangeError for a name with blanks or `+`
 */
export function noteSigner(name: string, seed: Uint8Array): NoteSigner {
  if (!isName(name)) throw new RangeError('the name of a signer has no blanks and no +')
  const secret = Buffer.concat([pkcs8, seed])
  const key = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' })
  secret.fill(0)
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
  const verifier = { name, publicKey }
  return {
    verifier,
    sign(text) {
      if (!text.endsWith('\n')) throw new RangeError('the text of a note ends with a line end')
      const signature = Buffer.concat([keyId(verifier), sign(null, Buffer.from(text), key)])
      return `${text}\n${dash} ${name} ${signature.toString('base64')}\n`
    },
  }
}

/**
 * The text that this verifier's key has signed. Other signatures are left alone, as witnesses add them.
 * @throws Refusal `corrupt` for what is no note, `wrong-key` for one that another key signed
 */
export function openNote(note: string, by: NoteVerifier): string {
  if (note.length > longest) throw corrupt('the note is longer than any checkpoint')
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) throw corrupt('it is no signed note')
  const text = note.slice(0, end + 1)
  const mine = keyId(by)
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [mark, name, coded, ...rest] = line.split(' ')
    const bytes = coded === undefined ? null : fromBase64(coded)
    if (mark !== dash || name === undefined || bytes === null || bytes.length < 5 || rest.length > 0)
      throw corrupt('a signature line of the note is malformed')
    if (name !== by.name || !bytes.subarray(0, 4).equals(mine)) continue
    if (verify(null, Buffer.from(text), publicOf(by.publicKey), bytes.subarray(4))) return text
    throw corrupt('the signature of the note does not fit its text')
  }
  throw new Refusal('wrong-key', { reason: 'the note is not signed by the key of this log' })
}

/** A verifier as one line: `name+id+key`, as C2SP has it. */
export function encodeVerifier(verifier: NoteVerifier): string {
  const key = Buffer.concat([Buffer.from([ed25519]), verifier.publicKey])
  return `${verifier.name}+${keyId(verifier).toString('hex')}+${key.toString('base64')}`
}

/** @throws Refusal `corrupt` */
export function decodeVerifier(line: string): NoteVerifier {
  const [name = '', id, coded = ''] = line.length > longest ? [] : line.split(/\+(.*?)\+(.*)/s, 3)
  const key = fromBase64(coded)
  if (!isName(name) || key === null || key.length !== 33 || key[0] !== ed25519) throw corrupt('it is no verifier key')
  const verifier = { name, publicKey: new Uint8Array(key.subarray(1)) }
  if (keyId(verifier).toString('hex') !== id) throw corrupt('the id of the verifier key is of another key')
  return verifier
}
