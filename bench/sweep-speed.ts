import { randomBytes } from 'node:crypto'
import { valueKinds } from '../harness/contract/values.ts'
import { canaries } from '../harness/engine/canary.ts'
import { findLeaks } from '../harness/engine/leaks.ts'
import type { Rounds } from './measure.ts'
import { inBatches, paired } from './reference-pairs.ts'

/** How fast what a vault left is searched for all that a program gave it, in every form. */
export interface SweepSpeed {
  /** Bytes that are searched in one round. */
  readonly bytes: number
  readonly secrets: number
  /** Bytes per second, in millions: the median round. */
  readonly mbPerSecond: number
  readonly targetMbPerSecond: number
  /** Speed as a part of a native search for one secret in one form, over the same bytes in the same round. */
  readonly ofBare: number
}

const size = 1_048_576
/** What lies in logs, files and memory: words, forms of bytes as text, bytes, wide characters, nothing. */
const contents: readonly (() => Buffer)[] = [
  () => Buffer.alloc(size, '2026-01-01T00:00:00.000Z info vault: put "a" took 3 ms, 12 entries, retry in 250\n'),
  () => Buffer.alloc(size, JSON.stringify({ op: 'put', name: 'a name', ok: null, took: [1, 22, 333, 4444] })),
  () => Buffer.from(randomBytes(size).toString('base64')).subarray(0, size),
  () => Buffer.from(randomBytes(size).toString('hex')).subarray(0, size),
  () => randomBytes(size),
  () => Buffer.from(randomBytes(size / 2).toString('base64'), 'utf16le').subarray(0, size),
  () => Buffer.from([...randomBytes(size / 2)].join(',')).subarray(0, size),
  () => Buffer.alloc(size),
]

/** Sweeps so many megabytes, at the end of which one secret lies. */
export async function sweepSpeed(megabytes: number, rounds: Rounds, now: () => number): Promise<SweepSpeed> {
  const given = canaries('bytes')
  for (const [canary, kind] of valueKinds.entries()) given.make({ canary, size: 24 + canary * 8, kind })
  for (let pin = 0; pin < 3; pin++) given.makePin({ pin })
  const secret = Buffer.from(given.make({ canary: 90, size: 40, kind: 'text' }))
  const pieces = Array.from({ length: Math.ceil(megabytes / contents.length) }, () => contents.map((make) => make()))
  const haystack = Buffer.concat([...pieces.flat(), Buffer.from(secret.toString('base64'))])
  const sweep = () => {
    const [leak] = findLeaks(haystack, given.secrets, false)
    if (leak?.canary !== 90) throw new Error('the secret at the end was not found')
  }
  const absent = randomBytes(16)
  const bare = () => {
    if (haystack.includes(absent)) throw new Error('random bytes were found')
  }
  const { oursMs, ratio } = await paired(inBatches(1, now, sweep), inBatches(1, now, bare), rounds)
  return {
    bytes: haystack.length,
    secrets: given.secrets.size,
    mbPerSecond: haystack.length / 1000 / oursMs,
    targetMbPerSecond: 200,
    ofBare: ratio,
  }
}
