/** Which of a process's outputs a piece belongs to. */
export type OutputStream = 'stdout' | 'stderr'

const headerSize = 8

/**
 * Takes apart what an engine sends of a process without a terminal: frames of an 8-byte header (1 stdout, 2 stderr,
 * then the length as big-endian in the last four) and a payload. Keeps no payload back, however long the frame.
 */
export const demultiplexer = (onPiece: (stream: OutputStream, piece: Buffer) => void): ((chunk: Buffer) => void) => {
  const header = Buffer.alloc(headerSize)
  let headerFilled = 0
  let payloadLeft = 0
  return (chunk) => {
    let at = 0
    while (at < chunk.length) {
      if (payloadLeft === 0) {
        const taken = Math.min(headerSize - headerFilled, chunk.length - at)
        chunk.copy(header, headerFilled, at, at + taken)
        headerFilled += taken
        at += taken
        if (headerFilled < headerSize) return
        headerFilled = 0
        payloadLeft = header.readUInt32BE(4)
      } else {
        const piece = chunk.subarray(at, at + payloadLeft)
        onPiece(header[0] === 2 ? 'stderr' : 'stdout', piece)
        payloadLeft -= piece.length
        at += piece.length
      }
    }
  }
}
