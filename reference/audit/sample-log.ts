import { hash } from 'node:crypto'
import type { Checkpoint } from './checkpoint.ts'
import { type AuditEvent, beginningOf, encodeEntry } from './entry.ts'
import { merkleTree } from './merkle-tree.ts'

export const sampleOrigin = 'example.org/log'

/** Lines without their ends, each chained to the one before, numbered from `first`. */
export function chained(
  events: readonly AuditEvent[],
  { origin = sampleOrigin, prev = beginningOf(origin), first = 0, at = 1_700_000_000_000 } = {},
): readonly string[] {
  let before = prev
  return events.map((event, index) => {
    const { text, leaf } = encodeEntry({ seq: first + index, at: at + first + index, prev: before, event })
    before = leaf.toString('hex')
    return text
  })
}

export const bytesOf = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''))

const treeOf = (lines: readonly string[]) => merkleTree(lines.map((line) => Buffer.from(line.slice(0, 64), 'hex')))

/** What a signer has said of each beginning of these lines, shortest first. */
export function headsOf(lines: readonly string[], origin = sampleOrigin): readonly Checkpoint[] {
  const tree = treeOf(lines)
  return lines.map((_, size) => ({ origin, size, root: tree.root(0, size), digest: Buffer.alloc(32) }))
}

/** What a signer would say of these lines. */
export function headOf(lines: readonly string[], origin = sampleOrigin): Checkpoint {
  const tree = treeOf(lines)
  return { origin, size: lines.length, root: tree.root(), digest: hash('sha256', bytesOf(lines), 'buffer') }
}
