const errorsKept = 8 * 1024 * 1024

/** Standard error since it was last taken: the first bytes of it, and how many more there were. */
export const errorLog = () => {
  let pieces: Buffer[] = []
  let kept = 0
  let dropped = 0
  const push = (piece: Buffer) => {
    const part = piece.subarray(0, Math.max(0, errorsKept - kept))
    if (part.length > 0) pieces.push(Buffer.from(part))
    kept += part.length
    dropped += piece.length - part.length
  }
  const take = () => {
    const text = Buffer.concat(pieces).toString('utf8') + (dropped > 0 ? `\n[holdfast: ${dropped} bytes more]\n` : '')
    pieces = []
    kept = 0
    dropped = 0
    return text
  }
  return { push, take }
}
