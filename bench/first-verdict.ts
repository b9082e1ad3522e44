import { openTarget } from '../harness/cli/wiring.ts'
import { judged } from './judged.ts'

export type FirstVerdict =
  | {
      /** Milliseconds from nothing to the vault's first answers, and to the first verdict. */
      readonly smokeMs: number
      readonly verdictMs: number
      readonly targetMs: number
    }
  | { readonly why: string }

const spec = { name: 'reference@linux-container', vault: 'stdio:node reference/stdio.ts', device: 'linux-container' }

/** Judges the reference in a container with one program per scenario. The image is made before, where it is not there. */
export async function firstVerdict(now: () => number): Promise<FirstVerdict> {
  const open = () => openTarget(spec, { allowLoginKeyring: false, cwd: process.cwd(), onProgress() {} })
  try {
    await (await open())[Symbol.asyncDispose]()
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) }
  }
  const began = now()
  let smokeMs = 0
  const records = judged(open, spec, { programs: 1, commands: 10, shrinkRuns: 0 })
  for await (const record of records) {
    if (record.type === 'smoke') smokeMs = now() - began
    if (record.type === 'target-error') return { why: record.sentence }
    if (record.type === 'verdict') return { smokeMs, verdictMs: now() - began, targetMs: 5000 }
  }
  return { why: 'no verdict was reached' }
}
