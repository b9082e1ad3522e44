/** One packet of the protocol between adb and the daemon on a phone. */
export interface Packet {
  /** `CNXN`, `OPEN`, `OKAY`, `WRTE`, `CLSE`, `AUTH`. */
  readonly command: string
  readonly first: number
  readonly second: number
  readonly data: Buffer
}

const headerBytes = 24
const none = Buffer.alloc(0)
/** What a packet may carry, as the daemon's hello says. Bytes. */
export const mostData = 256 * 1024

/** The packet on the wire. Checksums are optional since version 0x01000001, and sent all the same. */
export const encodePacket = ({ command, first, second, data }: Packet): Buffer => {
  const packet = Buffer.alloc(headerBytes + data.length)
  packet.write(command, 0, 'latin1')
  packet.writeUInt32LE(first, 4)
  packet.writeUInt32LE(second, 8)
  packet.writeUInt32LE(data.length, 12)
  packet.writeUInt32LE(
    data.reduce((sum, byte) => (sum + byte) >>> 0, 0),
    16,
  )
  packet.writeUInt32LE((packet.readUInt32LE(0) ^ 0xffffffff) >>> 0, 20)
  data.copy(packet, headerBytes)
  return packet
}

/**
 * Cuts what arrives into packets. The returned function takes a chunk and gives the packets that it completes.
 * @throws Error where the other side speaks no adb
 */
export const packetReader = (): ((chunk: Buffer) => readonly Packet[]) => {
  let left: Buffer = none
  return (chunk) => {
    left = left.length === 0 ? chunk : Buffer.concat([left, chunk])
    const packets: Packet[] = []
    while (left.length >= headerBytes) {
      const size = left.readUInt32LE(12)
      if ((left.readUInt32LE(0) ^ 0xffffffff) >>> 0 !== left.readUInt32LE(20) || size > 16 * mostData)
        throw new Error('what arrived is no packet of adb')
      if (left.length < headerBytes + size) break
      packets.push({
        command: left.toString('latin1', 0, 4),
        first: left.readUInt32LE(4),
        second: left.readUInt32LE(8),
        data: Buffer.from(left.subarray(headerBytes, headerBytes + size)),
      })
      left = left.subarray(headerBytes + size)
    }
    return packets
  }
}
