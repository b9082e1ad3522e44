import type { Sight } from '../../harness/contract/device.ts'
import { type Needle, needlesOf } from '../memory/needles.ts'
import { type MemoryScan, scanMemory } from '../memory/scan.ts'
import type { FileWatch } from './file-watch.ts'
import type { ProcessWatch } from './process-watch.ts'

/** What this machine shows of the processes and files of a vault. */
export function sightOf(processes: ProcessWatch, files: FileWatch): Sight {
  return {
    takeFiles: async () => files.take(),
    takeProcesses: async () => processes.take(),
    async searchMemory(sought, encodings) {
      const living = processes.living()
      if (living.length === 0) return null
      const needles = needlesOf(sought, encodings)
      const scans = living.map((pid) => scanOrNothing(pid, needles))
      // What was not read may hold anything: then there is nothing to say.
      if (scans.some((scan) => scan === null || scan.unread.length > 0)) return null
      return {
        bytes: scans.reduce((sum, scan) => sum + (scan?.bytes ?? 0), 0),
        found: scans.flatMap((scan) => scan?.hits ?? []).map(({ what, encoding }) => ({ what, encoding })),
      }
    },
  }
}

/** Null where the process is gone, or not ours to look into. */
function scanOrNothing(pid: number, needles: readonly Needle[]): MemoryScan | null {
  try {
    return scanMemory(pid, needles)
  } catch {
    return null
  }
}
