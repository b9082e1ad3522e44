import { hash } from 'node:crypto'
import type { Checkpoint } from './checkpoint.ts'
import { beginningOf, decodeLine, type Entry } from './entry.ts'
import { type MerkleTree, merkleTree } from './merkle-tree.ts'

/** What is told of a log that is not what was signed. */
export interface Broken {
  readonly is: 'broken'
  /** The first entry that cannot be believed. Of entries that were written anew throughout: of the oldest that were. */
  readonly at: number
  readonly why: string
  /** Whether all that is there is right, and there is too little of it. */
  readonly missing: boolean
}
/** What a look at all entries says. */
export type Verdict = { readonly is: 'intact'; readonly entries: readonly Entry[]; readonly tree: MerkleTree } | Broken

const lineEnd = 10
const rewritten = 'entries were written anew: they follow each other, and are not those of the checkpoint'
const broken = (at: number, why: string, missing = false): Broken => ({ is: 'broken', at, why, missing })

/**
 * Looks at every entry, its place in the chain and the tree over all, and compares with the checkpoint.
 * @param lines the entries, each with a line end
 * @param older checkpoints that were seen before, oldest first: they say more exactly which entries were written anew
 */
export function checkLines(lines: Uint8Array, checkpoint: Checkpoint, older: readonly Checkpoint[] = []): Verdict {
  const all = Buffer.from(lines.buffer, lines.byteOffset, lines.length)
  const tree = merkleTree()
  const entries: Entry[] = []
  let prev = beginningOf(checkpoint.origin)
  /** Whatever is wrong at this entry: what lies before it may have been written anew before. */
  const stop = (why: string, { missing = false, size = entries.length } = {}): Broken => {
    const known = [...older, checkpoint].filter((one) => one.size <= size)
    const agrees = (one: Checkpoint) => tree.root(0, one.size).equals(one.root)
    if (known.every(agrees)) return broken(size, why, missing)
    return broken(known.findLast(agrees)?.size ?? 0, rewritten)
  }
  for (let start = 0; start < all.length; ) {
    const seq = entries.length
    if (seq === checkpoint.size) return stop('there are more entries than the checkpoint tells')
    const end = all.indexOf(lineEnd, start)
    const line = end < 0 ? null : decodeLine(all.subarray(start, end))
    if (line === null) return stop('the entry was changed, or is no entry')
    if (line.entry.seq !== seq) return stop('the entry has another number')
    // Either of the two may be the one that was changed.
    if (line.entry.prev !== prev)
      return stop('the entry is not the one that the next was chained to', { size: Math.max(0, seq - 1) })
    tree.append(line.leaf)
    entries.push(line.entry)
    prev = line.leaf.toString('hex')
    start = end + 1
  }
  if (entries.length < checkpoint.size) return stop('the newest entries are missing', { missing: true })
  const right = tree.root().equals(checkpoint.root) && hash('sha256', lines, 'buffer').equals(checkpoint.digest)
  return right ? { is: 'intact', entries, tree } : stop('the checkpoint says something else')
}
