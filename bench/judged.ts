import { handshakeMs } from '../harness/cli/wiring.ts'
import { type Budget, judgeTarget } from '../harness/engine/judge-target.ts'
import type { Target } from '../harness/engine/target.ts'
import { requirements } from '../harness/requirements/index.ts'

/** Judges a target as a run would, always by the same programs: no baseline, no cut, nothing that must be reached. */
export const judged = (open: () => Promise<Target>, { name, vault }: { name: string; vault: string }, budget: Budget) =>
  judgeTarget(open, {
    name,
    vault,
    version: 'bench',
    seed: 1,
    budget,
    requirements,
    baseline: { known: [] },
    today: '2030-01-01',
    prefix: `bench-${process.pid}`,
    deadlineMs: handshakeMs,
    cut: () => null,
    beat() {},
    mustReach: false,
  })
