import { handshakeMs, openTarget } from '../harness/cli/wiring.ts'
import { judgeTarget } from '../harness/engine/judge-target.ts'
import { requirements } from '../harness/requirements/index.ts'

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
  const records = judgeTarget(open, {
    ...spec,
    version: 'bench',
    seed: 1,
    budget: { programs: 1, commands: 10, shrinkRuns: 0 },
    requirements,
    baseline: { known: [] },
    today: '2030-01-01',
    prefix: `bench-${process.pid}`,
    deadlineMs: handshakeMs,
    cut: () => null,
    beat() {},
    mustReach: false,
  })
  for await (const record of records) {
    if (record.type === 'smoke') smokeMs = now() - began
    if (record.type === 'target-error') return { why: record.sentence }
    if (record.type === 'verdict') return { smokeMs, verdictMs: now() - began, targetMs: 5000 }
  }
  return { why: 'no verdict was reached' }
}
