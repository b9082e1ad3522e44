import type { StreamRecord } from '../contract/stream.ts'
import type { WorkerTask, WorkerWord } from './target-worker.ts'
import { type ThreadFault, vaultThread } from './vault-thread.ts'

/**
 * Runs one target in a worker until it is done, dead, held by an endless loop, or asked to stop. Every requirement
 * gets its verdict, whatever becomes of the worker; only a run that was asked to stop may lack some.
 */
export async function runWorker(
  task: WorkerTask,
  put: (record: StreamRecord) => void,
  signal: AbortSignal,
): Promise<void> {
  const target = task.spec.name
  const judged = new Set<string>()
  const give = (record: StreamRecord) => {
    if (record.type === 'verdict') judged.add(record.requirement)
    put(record)
  }
  const abandon = ({ blame, sentence }: ThreadFault) => {
    give({ type: 'target-error', target, blame, cause: blame === 'adapter' ? 'adapter' : null, sentence })
    const verdict =
      blame === 'adapter'
        ? ({ is: 'not-testable', cause: 'adapter', why: sentence } as const)
        : ({ is: 'harness-error', why: sentence } as const)
    const effort = { programs: 0, situations: 0, twins: 0 }
    for (const requirement of task.requirements)
      if (!judged.has(requirement)) give({ type: 'verdict', target, requirement, verdict, effort })
  }
  const thread = vaultThread<WorkerWord>({
    file: new URL('./target-worker.ts', import.meta.url),
    data: task,
    vault: task.spec.vault,
    target,
    patience: task.patience,
    onWord(word) {
      if (word.say === 'record') give(word.record)
      if (word.say === 'preparing') give({ type: 'progress', target, scenario: word.step, programs: 0, of: 0 })
      if (word.say === 'done') thread.end()
    },
    onFault: abandon,
  })
  const stop = () => thread.leave('stop')
  signal.addEventListener('abort', stop, { once: true })
  await thread.over
  signal.removeEventListener('abort', stop)
}
