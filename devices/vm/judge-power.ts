import type { FacetState } from '../../harness/contract/environment.ts'

/** What was seen around a power cut. Each file was written by a process of ours that had ended before. */
export interface PowerReading {
  /** The kernel's id of its start. */
  readonly kernel: readonly [before: string, after: string]
  /** What the files held after the cut: null where there was none. */
  readonly synced: string | null
  readonly unsynced: string | null
  readonly wrote: string
  /** Whether a process saw the unsynced file before the cut. */
  readonly seenBefore: boolean
}

/** Says whether power is really cut there, from what our probe saw. */
export const judgePower = (reading: PowerReading | { readonly failed: string }): FacetState => {
  if ('failed' in reading) return { is: 'unproven', why: `the probe could not be carried out: ${reading.failed}` }
  const { kernel, synced, unsynced, wrote, seenBefore } = reading
  const broken = (
    [
      [seenBefore, 'a file of ours was not there to begin with'],
      [kernel[0] !== kernel[1], `the kernel's boot id is the same before and after: ${kernel[0].slice(0, 8)}`],
      [synced === wrote, `a file that was synced held ${synced === null ? 'nothing' : 'something else'} after the cut`],
      [unsynced !== wrote, 'a file that was written and not synced was still there: its memory was not lost'],
    ] as const
  ).find(([holds]) => !holds)
  if (broken !== undefined) return { is: 'disproven', evidence: broken[1] }
  const became = unsynced === null ? 'gone' : 'empty or torn'
  return {
    is: 'proven',
    evidence: `another kernel came up; a file that was synced was kept, and one that was not was ${became}`,
  }
}
