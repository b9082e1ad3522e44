/* Frames of WebSocket (RFC 6455), as far as one program of ours and one app speak it. */

/** What came from the far side. */
export type Frame = { readonly is: 'text'; readonly text: string } | { readonly is: 'close' | 'ping' | 'pong' }

/** Bytes of one message at most: what says more is no app of this protocol. */
const mostBytes = 32 * 1024 * 1024
const codes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** A frame to the app, which is never masked. */
export const frameOf = (kind: 'text' | 'close' | 'pong', payload = ''): Buffer => {
  const bytes = Buffer.from(payload)
  const { length } = bytes
  const head = Buffer.alloc(length < 126 ? 2 : length < 0x10000 ? 4 : 10)
  head[0] = 0x80 | codes[kind]
  if (length < 126) head[1] = length
  else if (length < 0x10000) {
    head[1] = 126
    head.writeUInt16BE(length, 2)
  } else {
    head[1] = 127
    head.writeBigUInt64BE(BigInt(length), 2)
  }
  return Buffer.concat([head, bytes])
}

/**
 * Takes pieces as they come and gives whole messages.
 * @throws Error where the far side speaks something else
 */
export const frameReader = (): ((piece: Buffer) => readonly Frame[]) => {
  let left = Buffer.alloc(0)
  let parts: Buffer[] = []
  return (piece) => {
    left = Buffer.concat([left, piece])
    const frames: Frame[] = []
    for (;;) {
      const next = read(left)
      if (next === null) return frames
      left = left.subarray(next.size)
      if (next.code === codes.close) frames.push({ is: 'close' })
      else if (next.code === codes.ping) frames.push({ is: 'ping' })
      else if (next.code === codes.pong) frames.push({ is: 'pong' })
      else if (next.code <= codes.binary) {
        parts.push(next.payload)
        if (!next.last) continue
        frames.push({ is: 'text', text: Buffer.concat(parts).toString() })
        parts = []
      } else throw new Error(`no frame of a WebSocket has the code ${next.code}`)
    }
  }
}

const read = (bytes: Buffer) => {
  if (bytes.length < 2) return null
  const [first = 0, second = 0] = bytes
  if ((second & 0x80) === 0) throw new Error('an app must mask its frames')
  const short = second & 0x7f
  const wide = short === 126 ? 2 : short === 127 ? 8 : 0
  if (bytes.length < 2 + wide + 4) return null
  const length = wide === 0 ? short : wide === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  if (length > mostBytes) throw new Error(`a message of ${length} bytes is too long`)
  const size = 2 + wide + 4 + length
  if (bytes.length < size) return null
  const mask = bytes.subarray(2 + wide, 6 + wide)
  const payload = Buffer.from(bytes.subarray(6 + wide, size))
  for (let at = 0; at < length; at++) payload[at] = (payload[at] ?? 0) ^ (mask[at % 4] ?? 0)
  return { code: first & 0x0f, last: (first & 0x80) !== 0, payload, size }
}
