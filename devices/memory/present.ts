import { closeSync, openSync, readSync } from 'node:fs'
import type { Mapping } from './mappings.ts'

const pageSize = 4_096
const entrySize = 8
/** Bits of the highest byte of an entry: the page is in memory, or swapped out. */
const isThere = 0b1100_0000

/**
 * The parts of a mapping that were ever used, from /proc/PID/pagemap: most of what a script engine maps is not. All of it
 * where the kernel does not tell, or has pages of another size.
 */
export function presentIn(pid: number, mapping: Mapping): readonly Mapping[] {
  const size = Number(mapping.to - mapping.from)
  const entries = Buffer.alloc((size / pageSize) * entrySize)
  if (!readEntries(pid, mapping.from, entries)) return [mapping]
  const found: Mapping[] = []
  let from: bigint | null = null
  for (let page = 0; page * pageSize <= size; page++) {
    const at = mapping.from + BigInt(page * pageSize)
    const there = ((entries[page * entrySize + 7] ?? 0) & isThere) !== 0
    if (there) from ??= at
    else if (from !== null) {
      found.push({ ...mapping, from, to: at })
      from = null
    }
  }
  return found
}

function readEntries(pid: number, from: bigint, into: Buffer): boolean {
  try {
    const file = openSync(`/proc/${pid}/pagemap`, 'r')
    try {
      return readSync(file, into, 0, into.length, (from / BigInt(pageSize)) * BigInt(entrySize)) === into.length
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
}
