import { hashSize, type MerkleTree, nodeHash, splitOf } from './merkle-tree.ts'

/** Hashes by which somebody who has only a root can be convinced. */
export type Proof = readonly Uint8Array[]

/** That this leaf is in the tree of the first `size` leaves: RFC 9162 section 2.1.3.1. */
export function inclusionProof(tree: MerkleTree, index: number, size = tree.size): Proof {
  if (!(index >= 0 && index < size && size <= tree.size))
    throw new RangeError(`a log of ${size} entries has no entry ${index}`)
  const path: Uint8Array[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (index < middle) {
      path.push(tree.root(middle, end))
      end = middle
    } else {
      path.push(tree.root(start, middle))
      start = middle
    }
  }
  return path.reverse()
}

/** That the tree of the first `size` leaves goes on from that of the first `since`: RFC 9162 section 2.1.4.1. */
export function consistencyProof(tree: MerkleTree, since: number, size = tree.size): Proof {
  if (!(since >= 0 && since <= size && size <= tree.size))
    throw new RangeError(`a log of ${size} entries cannot go on from one of ${since}`)
  // A log of nothing is the beginning of any: there is nothing to prove.
  if (since === 0 || since === size) return []
  const path: Uint8Array[] = []
  let [start, end] = [0, size]
  let whole = true
  while (end !== since) {
    const middle = start + splitOf(end - start)
    if (since <= middle) {
      path.push(tree.root(middle, end))
      end = middle
    } else {
      path.push(tree.root(start, middle))
      start = middle
      whole = false
    }
  }
  if (!whole) path.push(tree.root(start, end))
  return path.reverse()
}

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === hashSize && Buffer.compare(a, b) === 0
const sound = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

/** Whether the proof shows that the leaf is there, RFC 9162 section 2.1.3.2. False for whatever else it is given. */
export function isIncluded(leaf: Uint8Array, index: number, size: number, root: Uint8Array, proof: Proof): boolean {
  if (!sound(index) || !sound(size) || index >= size || leaf.length !== hashSize) return false
  let [at, last] = [index, size - 1]
  let seen = leaf
  for (const node of proof) {
    if (last === 0 || node.length !== hashSize) return false
    if (at % 2 === 1 || at === last) {
      seen = nodeHash(node, seen)
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2)
        last = Math.floor(last / 2)
      }
    } else seen = nodeHash(seen, node)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && same(seen, root)
}

/** A tree as a checkpoint tells of it. */
export interface TreeHead {
  readonly size: number
  readonly root: Uint8Array
}

/** Whether the proof shows that one tree goes on from the other, RFC 9162 section 2.1.4.2. */
export function isConsistent(older: TreeHead, newer: TreeHead, proof: Proof): boolean {
  if (!sound(older.size) || !sound(newer.size) || older.size > newer.size) return false
  if (older.size === newer.size) return proof.length === 0 && same(older.root, newer.root)
  if (older.size === 0) return proof.length === 0
  // The older root is itself the first node where it is a whole subtree.
  const [first, ...path] = Number.isInteger(Math.log2(older.size)) ? [older.root, ...proof] : proof
  if (first === undefined || [first, ...path].some((node) => node.length !== hashSize)) return false
  let [at, last] = [older.size - 1, newer.size - 1]
  while (at % 2 === 1) {
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  let [one, other] = [first, first]
  for (const node of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      one = nodeHash(node, one)
      other = nodeHash(node, other)
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2)
        last = Math.floor(last / 2)
      }
    } else other = nodeHash(other, node)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && same(one, older.root) && same(other, newer.root)
}
