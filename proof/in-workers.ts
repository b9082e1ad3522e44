import { parentPort, Worker } from 'node:worker_threads'

/**
 * Does tasks in worker threads, whichever is free takes the next. Which worker does what changes nothing: results come
 * back in the order of the tasks.
 * @param file what a worker runs: it calls `serveTasks`
 * @param done told of each result as it comes
 * @throws what a worker threw
 */
export async function inWorkers<Task, Result>(
  file: URL,
  tasks: readonly Task[],
  workers: number,
  done: (result: Result) => void,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const left = [...tasks.entries()]
  const lane = async () => {
    const worker = new Worker(file)
    try {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [index, task] = next
        const result = await answerOf<Result>(worker, task)
        results[index] = result
        done(result)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(workers, tasks.length) }, lane))
  return results
}

function answerOf<Result>(worker: Worker, task: unknown): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  const ended = (code: number) => reject(new Error(`A worker ended with exit code ${code} before its task was done.`))
  worker.once('message', resolve).once('error', reject).once('exit', ended)
  worker.postMessage(task)
  return promise.finally(() => worker.off('message', resolve).off('error', reject).off('exit', ended))
}

/** The other side of it, in the worker's file. */
export function serveTasks<Task, Result>(work: (task: Task) => Promise<Result>): void {
  // An error in the task ends the worker, which tells whoever waits.
  parentPort?.on('message', async (task: Task) => parentPort?.postMessage(await work(task)))
}
