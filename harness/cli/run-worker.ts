import module from 'node:module'
import { Worker } from 'node:worker_threads'
import type { StreamRecord } from '../contract/stream.ts'
import { usualPatience } from './patience.ts'
import { specKind } from './spec.ts'
import type { WorkerTask, WorkerWord } from './target-worker.ts'

/** How long a busy machine may take to load what runs a target whose vault runs elsewhere. Milliseconds. */
const mostLoadingMs = 90_000

/**
 * Runs one target in a worker until it is done, dead, held by an endless loop, or asked to stop. Every requirement
 * gets its verdict, whatever becomes of the worker; only a run that was asked to stop may lack some.
 */
export function runWorker(task: WorkerTask, put: (record: StreamRecord) => void, signal: AbortSignal): Promise<void> {
  const target = task.spec.name
  const { silenceMs, farewellMs } = task.patience
  const judged = new Set<string>()
  return new Promise((resolve) => {
    const file = new URL(import.meta.url.endsWith('.ts') ? './target-worker.ts' : './target-worker.js', import.meta.url)
    // Each thread compiles for itself, unless it is told where others left what they compiled: most of its start.
    const compiled = module.getCompileCacheDir()
    const env = compiled === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: compiled }
    const worker = new Worker(file, { workerData: task, stdout: true, stderr: true, env })
    // What a module prints is nobody's: unread it would pile up.
    worker.stdout.resume()
    worker.stderr.resume()
    let silence: NodeJS.Timeout | undefined
    let farewell: NodeJS.Timeout | undefined
    let told = false
    let done = false
    let over = false
    const give = (record: StreamRecord) => {
      if (record.type === 'verdict') judged.add(record.requirement)
      put(record)
    }
    const abandon = (blame: 'adapter' | 'harness', sentence: string) => {
      if (told) return
      told = true
      give({ type: 'target-error', target, blame, cause: blame === 'adapter' ? 'adapter' : null, sentence })
      const verdict =
        blame === 'adapter'
          ? ({ is: 'not-testable', cause: 'adapter', why: sentence } as const)
          : ({ is: 'harness-error', why: sentence } as const)
      const effort = { programs: 0, situations: 0, twins: 0 }
      for (const requirement of task.requirements)
        if (!judged.has(requirement)) give({ type: 'verdict', target, requirement, verdict, effort })
    }
    const finish = () => {
      if (over) return
      over = true
      clearTimeout(silence)
      clearTimeout(farewell)
      signal.removeEventListener('abort', stop)
      resolve()
    }
    const listen = (ms: number) => {
      clearTimeout(silence)
      silence = setTimeout(() => {
        abandon(
          'adapter',
          `The vault '${task.spec.vault}' held its thread for ${ms / 1000} s: it loops or waits without end.`,
        )
        void worker.terminate().then(finish)
      }, ms)
    }
    const stop = () => {
      worker.postMessage('stop')
      farewell = setTimeout(() => void worker.terminate().then(finish), farewellMs)
    }
    signal.addEventListener('abort', stop, { once: true })
    // A busy machine may take long to load what it runs; only what has begun to speak can fall silent.
    // A vault in another process or in an app holds no thread of ours at all.
    listen(specKind(task.spec.vault) === 'module' ? Math.max(silenceMs, usualPatience.silenceMs) : mostLoadingMs)
    worker.on('message', (word: WorkerWord) => {
      if (told) return
      listen(silenceMs)
      if (word.say === 'record') give(word.record)
      if (word.say === 'preparing') give({ type: 'progress', target, scenario: word.step, programs: 0, of: 0 })
      if (word.say !== 'done') return
      done = true
      // What a vault left running holds nobody up.
      void worker.terminate()
    })
    worker.on('error', (error) => {
      if (specKind(task.spec.vault) === 'module' && isOfModule(error))
        abandon(
          'adapter',
          `The vault '${task.spec.vault}' failed outside of any call: ${error.message}: let each error reject its call.`,
        )
      else abandon('harness', `Holdfast failed on ${target}: ${error.message}`)
    })
    worker.on('exit', () => {
      if (!done && !signal.aborted)
        abandon('adapter', `The vault '${task.spec.vault}' ended the thread that it runs in.`)
      finish()
    })
  })
}

/** Whether an error that nobody caught came out of the vault's own code, or out of its hunger. */
function isOfModule(error: Error & { readonly code?: string }): boolean {
  // Nothing of ours rejects with what is no error.
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY' || error.code === 'ERR_UNHANDLED_REJECTION') return true
  const ours = ['harness', 'devices', 'reports'].map((folder) => new URL(`../../${folder}/`, import.meta.url).href)
  const frames = (error.stack ?? '').split('\n').filter((line) => line.includes('file://'))
  // Further out are always frames of ours, since we called it.
  const [innermost] = frames
  return innermost !== undefined && !ours.some((folder) => innermost.includes(folder))
}
