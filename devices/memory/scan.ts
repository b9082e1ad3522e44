import { closeSync, openSync, readSync } from 'node:fs'
import { type Mapping, type MappingKind, mappingsOf, mayHold } from './mappings.ts'
import type { Needle } from './needles.ts'
import { presentIn } from './present.ts'
import { type Search, searchFor } from './search.ts'

/** A secret that was found. Never its bytes. */
export interface MemoryHit {
  readonly what: string
  readonly encoding: string
  readonly kind: MappingKind
  /** The file that is mapped there; empty where there is none. */
  readonly path: string
  /** The address, in hexadecimal. */
  readonly at: string
}
export interface MemoryScan {
  readonly hits: readonly MemoryHit[]
  /** Bytes that were read. */
  readonly bytes: number
  /** Mappings that could not be read. Where there is any, no hit means little. */
  readonly unread: readonly Mapping[]
}

const chunkSize = 4_194_304
const sliceSize = 65_536
const zeros = Buffer.alloc(sliceSize)
/** One for all scans, which run one at a time: as much memory anew for each would cost more than the search. */
let chunk: Buffer | null = null

/**
 * Searches all memory that can hold something of another process, of the same user or where we may trace it. A forced core dump, gcore's
 * for one, holds no more than this. Linux only.
 * @throws Error where the process is gone or not ours to read.
 */
export function scanMemory(pid: number, needles: readonly Needle[]): MemoryScan {
  const search = searchFor(needles)
  const hits: MemoryHit[] = []
  const unread: Mapping[] = []
  chunk ??= Buffer.allocUnsafeSlow(chunkSize)
  let bytes = 0
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const mapping of mappingsOf(pid)) {
      if (!mayHold(mapping)) continue
      const { kind, path } = mapping
      for (const part of presentIn(pid, mapping)) {
        const got = scanMapping(memory, chunk, part, search, ({ what, encoding }, at) =>
          hits.push({ what, encoding, kind, path, at: at.toString(16) }),
        )
        bytes += got
        if (got < Number(part.to - part.from)) unread.push(part)
      }
    }
  } finally {
    closeSync(memory)
    // Nothing of the other process stays in this one.
    chunk.fill(0)
  }
  return { hits, bytes, unread }
}

/** Chunk by chunk, each beginning with the end of the one before, so that no needle falls between. Returns bytes read. */
function scanMapping(
  memory: number,
  chunk: Buffer,
  { from, to }: Mapping,
  search: Search,
  found: (needle: Needle, at: bigint) => void,
): number {
  // In whole eights, as the search goes.
  const overlap = (search.longest + 7) & ~7
  let kept = 0
  let at = from
  while (at < to) {
    const room = BigInt(chunkSize - kept)
    const wanted = Number(to - at < room ? to - at : room)
    const got = readOrNothing(memory, chunk, kept, wanted, at)
    if (got === 0) break
    const start = at - BigInt(kept)
    const filled = chunk.subarray(0, kept + got)
    at += BigInt(got)
    // What starts later is found with the next chunk.
    const last = at < to ? Math.max(0, filled.length - overlap) & ~7 : filled.length
    scanChunk(filled, last, search, (needle, offset) => found(needle, start + BigInt(offset)))
    kept = filled.length - last
    chunk.copyWithin(0, last, filled.length)
  }
  return Number(at - from)
}

/** Most memory is zeros, which are passed over slice by slice. */
function scanChunk(chunk: Buffer, last: number, search: Search, found: (needle: Needle, at: number) => void): void {
  let done = 0
  for (let at = 0; at < chunk.length; at += sliceSize) {
    const end = Math.min(at + sliceSize, chunk.length)
    if (chunk.compare(zeros, 0, end - at, at, end) === 0) continue
    const begin = Math.max(done, at - search.longest)
    done = Math.min(end, last)
    if (begin < done) search.each(chunk, begin, done, found)
  }
}

function readOrNothing(memory: number, into: Buffer, offset: number, size: number, at: bigint): number {
  try {
    return readSync(memory, into, offset, size, at)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EIO' || error.code === 'EFAULT')) return 0
    throw error
  }
}
