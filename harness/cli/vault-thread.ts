import module from 'node:module'
import { Worker } from 'node:worker_threads'
import { type Patience, usualPatience } from './patience.ts'
import { specKind } from './spec.ts'

/** Why a thread came to nothing: one sentence, and whose fault. */
export interface ThreadFault {
  readonly blame: 'adapter' | 'harness'
  readonly sentence: string
}

/** A thread that runs a vault, watched from outside: an endless loop in the vault holds only itself. */
export interface VaultThread {
  say(word: unknown): void
  /** Asks it to stop, and ends it where it takes too long over its farewell. */
  leave(word: unknown): void
  /** Ends it at once. What a vault left running holds nobody up. */
  end(): void
  /** Settles once the thread is gone. */
  readonly over: Promise<void>
}

export interface VaultThreadOptions<Word> {
  /** The file that it runs, given as `workerData` whatever it needs to know. */
  readonly file: URL
  readonly data: unknown
  /** How the vault is reached, as messages name it. */
  readonly vault: string
  /** What Holdfast was to do, where it fails itself: `Holdfast failed on reference@model`. */
  readonly target: string
  readonly patience: Pick<Patience, 'silenceMs' | 'farewellMs'>
  /** Each word is a sign of life. */
  readonly onWord: (word: Word) => void
  /** Told once at most: it loops, failed, or ended without being asked to. No word comes after it. */
  readonly onFault: (fault: ThreadFault) => void
}

export function vaultThread<Word>(options: VaultThreadOptions<Word>): VaultThread {
  const { file, data, vault, target, onWord, onFault } = options
  const { silenceMs, farewellMs } = options.patience
  // Each thread compiles for itself, unless it is told where others left what they compiled: most of its start.
  const compiled = module.getCompileCacheDir()
  const env = compiled === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: compiled }
  const worker = new Worker(file, { workerData: data, stdout: true, stderr: true, env })
  // What a module prints is nobody's: unread it would pile up.
  worker.stdout.resume()
  worker.stderr.resume()
  let silence: NodeJS.Timeout | undefined
  let farewell: NodeJS.Timeout | undefined
  let told = false
  let asked = false
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const finish = () => {
    clearTimeout(silence)
    clearTimeout(farewell)
    resolve()
  }
  const end = () => {
    asked = true
    void worker.terminate().then(finish)
  }
  const fail = (blame: ThreadFault['blame'], sentence: string) => {
    if (told) return
    told = true
    onFault({ blame, sentence })
  }
  const listen = (ms: number) => {
    clearTimeout(silence)
    silence = setTimeout(() => {
      fail('adapter', `The vault '${vault}' held its thread for ${ms / 1000} s: it loops or waits without end.`)
      end()
    }, ms)
  }
  // A busy machine may take long to load what it runs; only what has begun to speak can fall silent.
  listen(Math.max(silenceMs, usualPatience.silenceMs))
  worker.on('message', (word: Word) => {
    if (told) return
    listen(silenceMs)
    onWord(word)
  })
  worker.on('error', (error) => {
    if (specKind(vault) === 'module' && isOfModule(error))
      fail(
        'adapter',
        `The vault '${vault}' failed outside of any call: ${error.message}: let each error reject its call.`,
      )
    else fail('harness', `Holdfast failed on ${target}: ${error.message}`)
  })
  worker.on('exit', () => {
    if (!asked) fail('adapter', `The vault '${vault}' ended the thread that it runs in.`)
    finish()
  })
  return {
    say: (word) => worker.postMessage(word),
    leave(word) {
      asked = true
      worker.postMessage(word)
      farewell = setTimeout(end, farewellMs)
    },
    end,
    over,
  }
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
