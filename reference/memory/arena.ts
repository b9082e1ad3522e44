import sodium from 'sodium-native'

/** Bytes that are locked at once: locking memory is a system call, and most secrets are 32 bytes. */
const chunkSize = 65_536
/** Anything larger gets locked memory of its own. */
const largestShared = 8_192
const smallest = 32

/** A piece of locked memory. `release` zeroes it. */
export interface Piece {
  readonly bytes: Buffer
  release(): void
}

const chunks = new Set<Buffer>()
const free = new Map<number, Buffer[]>()
let rest: Buffer = Buffer.alloc(0)

// What is still held when the process ends is zeroed on the way out.
process.once('exit', () => {
  for (const chunk of chunks) chunk.fill(0)
})

/** Takes zeroed locked memory. Pieces share pages, in sizes of powers of two; a large one has its own. */
export function takePiece(size: number): Piece {
  if (size > largestShared) return own(size)
  const room = Math.max(smallest, 2 ** Math.ceil(Math.log2(size)))
  const pool = poolOf(room)
  const whole = pool.pop() ?? carve(room)
  return {
    bytes: whole.subarray(0, size),
    release() {
      whole.fill(0)
      pool.push(whole)
    },
  }
}

function own(size: number): Piece {
  const bytes = sodium.sodium_malloc(size)
  bytes.fill(0)
  chunks.add(bytes)
  return {
    bytes,
    release() {
      chunks.delete(bytes)
      bytes.fill(0)
      sodium.sodium_free(bytes)
    },
  }
}

function poolOf(room: number): Buffer[] {
  const known = free.get(room)
  if (known !== undefined) return known
  const pool: Buffer[] = []
  free.set(room, pool)
  return pool
}

function carve(room: number): Buffer {
  if (rest.length < room) {
    rest = sodium.sodium_malloc(chunkSize)
    rest.fill(0)
    chunks.add(rest)
  }
  const piece = rest.subarray(0, room)
  rest = rest.subarray(room)
  return piece
}
