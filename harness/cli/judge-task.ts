import type { StreamRecord } from '../contract/stream.ts'
import { judgeTarget } from '../engine/judge-target.ts'
import type { Target } from '../engine/target.ts'
import { requirementOf } from '../requirements/index.ts'
import type { ReachedPhone } from './run-pooled.ts'
import type { WorkerTask } from './target-worker.ts'
import { budgetOf } from './wiring.ts'

/** What a task is judged with beside itself. */
export interface Judging {
  open(): Promise<Target>
  /** Opens the target on another phone, where several share it. */
  openOn?(phone: ReachedPhone): Promise<Target>
  stopped(): boolean
  /** Told once a command. */
  beat(): void
}

/** Judges what a task says, wherever that runs. */
export const judgeTask = (task: WorkerTask, { open, openOn, stopped, beat }: Judging): AsyncGenerator<StreamRecord> => {
  const budget = budgetOf(task.spec.device, task.full)
  return judgeTarget(open, {
    name: task.spec.name,
    vault: task.spec.vault,
    version: task.version,
    seed: task.seed,
    budget: task.programs === null ? budget : { ...budget, programs: task.programs },
    aimed: task.spec.profile !== undefined,
    requirements: task.requirements.map(requirementOf).filter((requirement) => requirement !== undefined),
    unscored: task.unscored,
    baseline: task.baseline,
    today: task.today,
    prefix: task.prefix,
    deadlineMs: task.patience.callMs,
    cut() {
      if (stopped()) return 'interrupted'
      return task.until !== null && Date.now() >= task.until ? 'the time given by --budget was spent' : null
    },
    beat,
    mustReach: task.mustReach,
    phone: task.spec.device,
    others:
      openOn === undefined
        ? []
        : (task.spec.also ?? []).map((phone) => ({ name: phone.name, open: () => openOn(phone) })),
  })
}
