import { hash } from 'node:crypto'

/** Bytes of a hash. */
export const hashSize = 32
// What is hashed is joined in memory that is used again: taking some anew costs as much as the hash.
let leafRoom = Buffer.from([0])
const nodeRoom = Buffer.alloc(1 + 2 * hashSize, 1)

/** The hash of a leaf, RFC 9162 section 2.1.1. */
export function leafHash(bytes: Uint8Array): Buffer {
  if (leafRoom.length <= bytes.length) leafRoom = Buffer.alloc(2 * (bytes.length + 1))
  leafRoom.set(bytes, 1)
  return hash('sha256', leafRoom.subarray(0, 1 + bytes.length), 'buffer')
}
/** The hash of a node above two others. @throws RangeError where either is not as long as a hash */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  if (left.length !== hashSize || right.length !== hashSize) throw new RangeError(`a hash has ${hashSize} bytes`)
  nodeRoom.set(left, 1)
  nodeRoom.set(right, 1 + hashSize)
  return hash('sha256', nodeRoom, 'buffer')
}
/** The root over nothing. */
export const emptyRoot: Buffer = hash('sha256', '', 'buffer')

/** A tree that only grows. */
export interface MerkleTree {
  readonly size: number
  append(leaf: Uint8Array): void
  /** The hash of a leaf. @throws RangeError where there is none */
  leaf(index: number): Buffer
  /** The root over the leaves from `start` to before `end`; of all, without them. */
  root(start?: number, end?: number): Buffer
}

/** The largest power of two below n, for n of 2 or more. */
export const splitOf = (n: number): number => 2 ** Math.floor(Math.log2(n - 1))

/** Room for hashes that doubles as it fills. */
function level() {
  let room = Buffer.alloc(8 * hashSize)
  let count = 0
  return {
    count: () => count,
    push(node: Uint8Array) {
      if ((count + 1) * hashSize > room.length) room = Buffer.concat([room], room.length * 2)
      room.set(node, count * hashSize)
      count++
    },
    at: (index: number) => room.subarray(index * hashSize, (index + 1) * hashSize),
  }
}

/** Keeps every complete node, 64 bytes a leaf: a root, an append and a proof take steps as the logarithm of the size. */
export function merkleTree(leaves: Iterable<Uint8Array> = []): MerkleTree {
  const first = level()
  const levels = [first]
  const append = (leaf: Uint8Array) => {
    let node = leaf
    for (let height = 0; ; height++) {
      const here = levels[height] ?? level()
      levels[height] = here
      here.push(node)
      const count = here.count()
      if (count % 2 === 1) return
      node = nodeHash(here.at(count - 2), here.at(count - 1))
    }
  }
  const root = (start: number, end: number): Buffer => {
    const size = end - start
    if (size === 0) return emptyRoot
    const height = Math.log2(size)
    // Buffers grow by being replaced: what is given away must not change with them.
    if (Number.isInteger(height) && start % size === 0)
      return Buffer.from(levels[height]?.at(start / size) ?? emptyRoot)
    const split = splitOf(size)
    return nodeHash(root(start, start + split), root(start + split, end))
  }
  const within = (start: number, end: number) => {
    if (
      !(Number.isSafeInteger(start) && Number.isSafeInteger(end) && 0 <= start && start <= end && end <= first.count())
    )
      throw new RangeError(`a tree of ${first.count()} leaves has none from ${start} to ${end}`)
  }
  for (const leaf of leaves) append(leaf)
  return {
    get size() {
      return first.count()
    },
    append,
    leaf(index) {
      within(index, index + 1)
      return Buffer.from(first.at(index))
    },
    root(start = 0, end = first.count()) {
      within(start, end)
      return root(start, end)
    },
  }
}
