/**
 * Values of the D-Bus wire format. Integers of 64 bits are bigint; `ay` is bytes; structs and arrays are arrays; a
 * dictionary is an array of pairs.
 */
export type DBusValue = string | number | bigint | boolean | Uint8Array | Variant | readonly DBusValue[]
export interface Variant {
  readonly signature: string
  readonly value: DBusValue
}

/** Bytes that a value of this type is aligned to. */
const alignments: Readonly<Record<string, number>> = {
  y: 1,
  b: 4,
  n: 2,
  q: 2,
  i: 4,
  u: 4,
  x: 8,
  t: 8,
  d: 8,
  s: 4,
  o: 4,
  g: 1,
  a: 4,
  '(': 8,
  '{': 8,
  v: 1,
}
const alignmentOf = (type: string): number => alignments[type.charAt(0)] ?? 1
const padding = (at: number, alignment: number): number => (alignment - (at % alignment)) % alignment

/** Splits a signature into its complete types. */
export function typesOf(signature: string): readonly string[] {
  const types: string[] = []
  for (let at = 0; at < signature.length; ) {
    const end = endOf(signature, at)
    types.push(signature.slice(at, end))
    at = end
  }
  return types
}
function endOf(signature: string, at: number): number {
  const type = signature.charAt(at)
  if (type === 'a') return endOf(signature, at + 1)
  if (type !== '(' && type !== '{') return at + 1
  let depth = 0
  for (let end = at; end < signature.length; end++) {
    if ('({'.includes(signature.charAt(end))) depth++
    if (')}'.includes(signature.charAt(end)) && --depth === 0) return end + 1
  }
  throw new WireError(`the signature '${signature}' does not close`)
}

/** Bytes or a value that do not fit their signature. */
export class WireError extends Error {
  override readonly name = 'WireError'
}

/** Marshals values, little-endian. `from` is where they will stand, for alignment. */
export function marshal(signature: string, values: readonly DBusValue[], from = 0): Buffer {
  const parts: Buffer[] = []
  let at = from
  const push = (bytes: Uint8Array) => {
    parts.push(Buffer.from(bytes))
    at += bytes.length
  }
  const align = (alignment: number) => push(Buffer.alloc(padding(at, alignment)))
  const number = (size: number, write: (into: Buffer) => void) => {
    const bytes = Buffer.alloc(size)
    write(bytes)
    push(bytes)
  }
  const put = (type: string, value: DBusValue): void => {
    align(alignmentOf(type))
    switch (type.charAt(0)) {
      case 'y':
        number(1, (into) => into.writeUInt8(Number(value)))
        break
      case 'b':
        number(4, (into) => into.writeUInt32LE(value === true ? 1 : 0))
        break
      case 'u':
        number(4, (into) => into.writeUInt32LE(Number(value)))
        break
      case 'i':
        number(4, (into) => into.writeInt32LE(Number(value)))
        break
      case 't':
        number(8, (into) => into.writeBigUInt64LE(BigInt(value as bigint)))
        break
      case 's':
      case 'o': {
        const text = Buffer.from(`${String(value)}\0`)
        number(4, (into) => into.writeUInt32LE(text.length - 1))
        push(text)
        break
      }
      case 'g':
        push(Buffer.from(`${String.fromCharCode(String(value).length)}${String(value)}\0`))
        break
      case 'v': {
        const { signature: inner, value: held } = variant(value)
        put('g', inner)
        put(inner, held)
        break
      }
      case 'a':
        array(type.slice(1), value)
        break
      case '(':
      case '{': {
        const fields = list(value)
        for (const [index, field] of typesOf(type.slice(1, -1)).entries()) put(field, fields[index] ?? '')
        break
      }
      default:
        throw new WireError(`the type '${type}' is not written here`)
    }
  }
  const array = (type: string, value: DBusValue) => {
    const length = Buffer.alloc(4)
    push(length)
    // `push` copies: the length is filled in once it is known.
    const slot = parts.at(-1)
    align(alignmentOf(type))
    const start = at
    if (value instanceof Uint8Array) push(value)
    else for (const item of list(value)) put(type, item)
    slot?.writeUInt32LE(at - start)
  }
  for (const [index, type] of typesOf(signature).entries()) put(type, values[index] ?? '')
  return Buffer.concat(parts)
}

const list = (value: DBusValue): readonly DBusValue[] => {
  if (Array.isArray(value)) return value
  throw new WireError('an array or a struct was expected')
}
const variant = (value: DBusValue): Variant => {
  if (typeof value === 'object' && 'signature' in value) return value
  throw new WireError('a variant was expected')
}

/** Reads values, little-endian. `from` is where they begin in `bytes`, whose start is aligned. */
export function unmarshal(signature: string, bytes: Buffer, from = 0): { values: DBusValue[]; end: number } {
  let at = from
  const take = (size: number): Buffer => {
    if (at + size > bytes.length) throw new WireError('the message ends too early')
    at += size
    return bytes.subarray(at - size, at)
  }
  const get = (type: string): DBusValue => {
    take(padding(at, alignmentOf(type)))
    switch (type.charAt(0)) {
      case 'y':
        return take(1).readUInt8()
      case 'b':
        return take(4).readUInt32LE() === 1
      case 'n':
        return take(2).readInt16LE()
      case 'q':
        return take(2).readUInt16LE()
      case 'u':
        return take(4).readUInt32LE()
      case 'i':
        return take(4).readInt32LE()
      case 'x':
        return take(8).readBigInt64LE()
      case 't':
        return take(8).readBigUInt64LE()
      case 'd':
        return take(8).readDoubleLE()
      case 's':
      case 'o':
        return text(take(4).readUInt32LE())
      case 'g':
        return text(take(1).readUInt8())
      case 'v': {
        const inner = String(get('g'))
        return { signature: inner, value: get(inner) }
      }
      case 'a':
        return array(type.slice(1))
      case '(':
      case '{':
        return typesOf(type.slice(1, -1)).map(get)
      default:
        throw new WireError(`the type '${type}' is not read here`)
    }
  }
  const text = (length: number): string => take(length + 1).toString('utf8', 0, length)
  const array = (type: string): DBusValue => {
    const length = take(4).readUInt32LE()
    take(padding(at, alignmentOf(type)))
    if (type === 'y') return Uint8Array.from(take(length))
    const end = at + length
    const items: DBusValue[] = []
    while (at < end) items.push(get(type))
    return items
  }
  const values = typesOf(signature).map(get)
  return { values, end: at }
}
