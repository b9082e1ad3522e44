/** How much is kept of an output that nobody reads, in bytes. */
export interface LineLimits {
  /** A longer line is cut to this. */
  readonly line: number
  /** From here on the source is asked to pause. */
  readonly queued: number
}

/** What a waiting line costs beside its text, so that a flood of short ones is bounded too. */
const lineOverhead = 64

/** Lines of an output, held until somebody takes them. */
export interface LineQueue {
  /** Takes the next piece. */
  push(piece: Buffer): void
  /** No more comes. What is left without a line end counts as a line. */
  end(): void
  /** Forgets what comes from now on: its reader has gone. */
  discard(): void
  /** Whether the source should pause. */
  full(): boolean
  /** For one reader, who may stop and go on. */
  readonly lines: AsyncIterable<string>
}

/** Makes a queue that holds a bounded number of bytes. `onRoom` is called when a full one has room again. */
export const lineQueue = (limits: LineLimits, onRoom: () => void, onCut: (bytes: number) => void): LineQueue => {
  const queue: string[] = []
  const sizes: number[] = []
  let head = 0
  let queued = 0
  let pieces: Buffer[] = []
  let partial = 0
  let dropped = 0
  let ended = false
  let discarding = false
  let wake = () => {}

  const keep = (piece: Buffer) => {
    const kept = piece.subarray(0, Math.max(0, limits.line - partial))
    if (kept.length > 0) pieces.push(Buffer.from(kept))
    partial += kept.length
    dropped += piece.length - kept.length
  }
  const finish = () => {
    queue.push(Buffer.concat(pieces).toString('utf8'))
    sizes.push(partial + lineOverhead)
    queued += partial + lineOverhead
    if (dropped > 0) onCut(dropped)
    pieces = []
    partial = 0
    dropped = 0
  }
  const push = (piece: Buffer) => {
    if (discarding) return
    let at = 0
    for (let end = piece.indexOf(10); end !== -1; end = piece.indexOf(10, at)) {
      keep(piece.subarray(at, end))
      finish()
      at = end + 1
    }
    keep(piece.subarray(at))
    wake()
  }
  const end = () => {
    if (partial > 0) finish()
    ended = true
    wake()
  }
  const shift = (): string | undefined => {
    const line = queue[head]
    if (line === undefined) return undefined
    const before = queued
    queued -= sizes[head] ?? 0
    head += 1
    if (head > 1024 && head * 2 > queue.length) {
      queue.splice(0, head)
      sizes.splice(0, head)
      head = 0
    }
    if (before >= limits.queued && queued < limits.queued) onRoom()
    return line
  }
  const next = async (): Promise<IteratorResult<string>> => {
    while (true) {
      const line = shift()
      if (line !== undefined) return { done: false, value: line }
      if (ended) return { done: true, value: undefined }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return {
    push,
    end,
    discard: () => {
      discarding = true
      onRoom()
    },
    full: () => !discarding && queued >= limits.queued,
    lines: { [Symbol.asyncIterator]: () => ({ next }) },
  }
}
