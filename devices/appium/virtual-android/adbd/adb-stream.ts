import type { Packet } from './packet.ts'

/** One stream of a connection: what a service on the phone reads from and writes to. */
export interface AdbStream {
  write(bytes: Uint8Array | string): void
  /** Closes it once all that was written has been taken. */
  end(): void
  /** Called with each piece that arrives; pieces that came before are given at once. */
  onData(listen: (bytes: Buffer) => void): void
  onClose(listen: () => void): void
}

/** The same with what the connection tells it. */
export interface OpenStream extends AdbStream {
  readonly id: number
  /** @param by the far side's number for it, which is first told by this */
  taken(by: number): void
  arrived(bytes: Buffer): void
  closed(): void
}

/** A write carries at most this, so that a stream never waits for long. Bytes. */
const mostWritten = 64 * 1024

/**
 * Makes a stream. One write is on its way at a time, as the protocol has it.
 * @param far the far side's number for it; null where it was asked for from here and is not accepted yet
 */
export const openStream = (id: number, far: number | null, send: (packet: Packet) => void): OpenStream => {
  const waiting: Buffer<ArrayBuffer>[] = []
  const early: Buffer[] = []
  let listen: ((bytes: Buffer) => void) | null = null
  let listenClosed: (() => void)[] = []
  let remote = far ?? 0
  let onItsWay = far === null
  let ending = false
  let gone = false
  const packet = (command: string, data = Buffer.alloc(0)): Packet => ({ command, first: id, second: remote, data })
  const pump = () => {
    if (onItsWay || gone) return
    const next = waiting.shift()
    if (next !== undefined) {
      onItsWay = true
      send(packet('WRTE', next))
    } else if (ending) {
      gone = true
      send(packet('CLSE'))
    }
  }
  return {
    id,
    write(bytes) {
      if (gone || ending) return
      const all = Buffer.from(bytes as Uint8Array<ArrayBuffer>)
      for (let at = 0; at < all.length; at += mostWritten) waiting.push(all.subarray(at, at + mostWritten))
      pump()
    },
    end() {
      ending = true
      pump()
    },
    onData(take) {
      listen = take
      for (const bytes of early.splice(0)) take(bytes)
    },
    onClose(told) {
      if (gone) told()
      else listenClosed.push(told)
    },
    taken(by) {
      remote = by
      onItsWay = false
      pump()
    },
    arrived(bytes) {
      if (listen === null) early.push(bytes)
      else listen(bytes)
    },
    closed() {
      gone = true
      for (const told of listenClosed) told()
      listenClosed = []
    },
  }
}
