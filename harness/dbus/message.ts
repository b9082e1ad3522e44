import { type DBusValue, marshal, unmarshal } from './wire.ts'

export type MessageType = 'call' | 'return' | 'error' | 'signal'
const types: readonly (MessageType | null)[] = [null, 'call', 'return', 'error', 'signal']
/** Header fields by their number on the wire. */
const fields = [
  '',
  'path',
  'interface',
  'member',
  'error',
  'replySerial',
  'destination',
  'sender',
  'signature',
] as const
const fieldTypes = ['', 'o', 's', 's', 's', 'u', 's', 's', 'g'] as const

export interface Message {
  readonly type: MessageType
  readonly serial: number
  /** The bus must not start the service for this. */
  readonly noAutoStart?: boolean
  readonly path?: string
  readonly interface?: string
  readonly member?: string
  readonly error?: string
  readonly replySerial?: number
  readonly destination?: string
  readonly sender?: string
  readonly signature?: string
  readonly body: readonly DBusValue[]
}

/** The most that a message may have by the specification, in bytes. */
const largest = 134_217_728
const fixedSize = 16
const noAutoStartFlag = 2

export function encodeMessage(message: Message): Buffer {
  const body = marshal(message.signature ?? '', message.body)
  const given: DBusValue[] = []
  for (const [code, field] of fields.entries()) {
    const value = field === '' ? undefined : message[field]
    if (value !== undefined) given.push([code, { signature: fieldTypes[code] ?? 's', value }])
  }
  const flags = message.noAutoStart === true ? noAutoStartFlag : 0
  const type = types.indexOf(message.type)
  const head = marshal('yyyyuua(yv)', [0x6c, type, flags, 1, body.length, message.serial, given])
  return Buffer.concat([head, Buffer.alloc((8 - (head.length % 8)) % 8), body])
}

/** Bytes of the first message in a buffer, or null while its length is not known yet. */
export function messageSize(bytes: Buffer): number | null {
  if (bytes.length < fixedSize) return null
  const fieldsSize = bytes.readUInt32LE(12)
  const size = fixedSize + fieldsSize + ((8 - (fieldsSize % 8)) % 8) + bytes.readUInt32LE(4)
  if (bytes[0] !== 0x6c || size > largest) throw new Error('the bus sent something that is no message')
  return size
}

/** Reads one whole message. */
export function decodeMessage(bytes: Buffer): Message {
  const { values, end } = unmarshal('yyyyuua(yv)', bytes)
  const [, type, , , , serial, given] = values
  const read: Record<string, DBusValue> = {}
  for (const entry of Array.isArray(given) ? given : []) {
    const [code, held] = entry as [number, { value: DBusValue }]
    const field = fields[code]
    if (field !== undefined && field !== '') read[field] = held.value
  }
  const signature = String(read.signature ?? '')
  const start = end + ((8 - (end % 8)) % 8)
  const body = unmarshal(signature, bytes.subarray(start)).values
  return { ...read, type: types[Number(type)] ?? 'signal', serial: Number(serial), body }
}
