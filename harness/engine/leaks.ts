import type { PinRef, ValueRef } from '../contract/values.ts'
import { prefixOf } from './canary-bytes.ts'
import { encodingsOf } from './encodings.ts'
import { type Sweep, shortest, sweep } from './sweep.ts'

/** What a program gave to the vault: by the text that a secret is, or by its bytes as Latin-1. */
export type UsedSecrets = ReadonlyMap<string, ValueRef | PinRef>

/** A secret that was found. `canary` is the number of the PIN for a PIN. */
export interface Leak {
  readonly canary: number
  readonly encoding: string
  /** Absent for a value. */
  readonly secret?: 'pin'
}

/** Bytes of a piece by which a secret is known, at most: whoever keeps less of it is found too. */
const pieceSize = 16
/** From so many bytes on it is known by its end as well. */
const longFrom = 64

const continues = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80

/** The beginning of a secret, and the end of a long one. No character of UTF-8 is cut in two. */
function piecesOf(secret: Buffer, ref: ValueRef | PinRef): readonly Buffer[] {
  // A mark that others begin with too says nothing.
  const own = 'kind' in ref ? secret.subarray(prefixOf(ref).length) : secret
  let end = Math.min(pieceSize, own.length)
  while (end > shortest && continues(own[end])) end--
  let start = Math.max(0, own.length - pieceSize)
  while (start < own.length - shortest && continues(own[start])) start++
  return own.length < longFrom ? [own.subarray(0, end)] : [own.subarray(0, end), own.subarray(start)]
}

interface Told {
  /** As in `UsedSecrets`. */
  readonly key: string
  readonly encoding: string
}

function addTo(index: Sweep<Told>, key: string, ref: ValueRef | PinRef, text: boolean): void {
  const secret = Buffer.from(key, text ? 'utf8' : 'latin1')
  if (secret.length < shortest) return
  for (const piece of piecesOf(secret, ref))
    for (const { encoding, bytes } of encodingsOf(piece))
      if (bytes.length >= shortest) index.add({ of: { key, encoding }, bytes })
}

/** An index that is kept, since programs draw from the same few thousand secrets and adding one costs more than a sweep. */
interface Kept {
  readonly known: Set<string>
  readonly index: Sweep<Told>
}
const most = 2048
/** Needles of one secret, usually. */
const needlesEach = 20
const newKept = (secrets: number): Kept => ({ known: new Set(), index: sweep(secrets * needlesEach) })
const lately: { text: Kept | null; bytes: Kept | null } = { text: null, bytes: null }

/** From so many bytes on, or secrets, an index of what is sought and nothing else pays: it is faster. */
const large = { haystack: 65_536, secrets: 256 } as const
const own = new WeakMap<UsedSecrets, Kept>()

function indexFor(haystack: Uint8Array, used: UsedSecrets, text: boolean): Sweep<Told> {
  const alone = haystack.length >= large.haystack || used.size >= large.secrets
  const kept = alone ? ownOf(used) : latelyOf(text)
  for (const [key, ref] of used) {
    if (kept.known.has(key)) continue
    kept.known.add(key)
    addTo(kept.index, key, ref, text)
  }
  return kept.index
}
function ownOf(used: UsedSecrets): Kept {
  const known = own.get(used)
  if (known !== undefined) return known
  const made = newKept(Math.max(16, used.size))
  own.set(used, made)
  return made
}
function latelyOf(text: boolean): Kept {
  const mode = text ? 'text' : 'bytes'
  const known = lately[mode]
  if (known !== null && known.known.size < most) return known
  const made = newKept(most)
  lately[mode] = made
  return made
}

/**
 * Searches bytes, in one pass, for secrets in every encoding that an output, a file or an attribute may hold them in.
 * Those of fewer than twelve bytes are not sought.
 */
export function findLeaks(haystack: Uint8Array, used: UsedSecrets, text: boolean): readonly Leak[] {
  if (haystack.length < shortest || used.size === 0) return none
  const found = new Map<string, Leak>()
  indexFor(haystack, used, text).each(haystack, ({ of: { key, encoding } }) => {
    const ref = used.get(key)
    if (ref === undefined) return
    const leak: Leak = 'pin' in ref ? { secret: 'pin', canary: ref.pin, encoding } : { canary: ref.canary, encoding }
    found.set(`${key} ${encoding}`, leak)
  })
  return found.size === 0 ? none : inOrder(found, used)
}
const none: readonly Leak[] = []

/** By secret and encoding, in the order in which they were used: the same wherever in the haystack they lie. */
function inOrder(found: ReadonlyMap<string, Leak>, used: UsedSecrets): readonly Leak[] {
  const order = [...used.keys()]
  const rank = (name: string) => order.indexOf(name.slice(0, name.lastIndexOf(' ')))
  return [...found].toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)).map(([, leak]) => leak)
}
