import { parentPort, workerData } from 'node:worker_threads'
import { type Smoke, smoke } from '../adapters/smoke.ts'
import type { ControlName } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { History } from '../contract/history.ts'
import type { Program } from '../contract/program.ts'
import { session } from '../engine/session.ts'
import type { TargetSpec } from './engine.ts'
import type { Patience } from './patience.ts'
import { openTarget } from './wiring.ts'

/** What the thread is told as it starts: plain data. */
export interface OpenTask {
  readonly spec: TargetSpec
  /** Of every namespace. */
  readonly prefix: string
  readonly allowLoginKeyring: boolean
  readonly cwd: string
  readonly patience: Patience
}

/** What it is asked, one at a time. */
export type Asked =
  | { readonly ask: 'run'; readonly program: Program }
  | { readonly ask: 'try-adapter' }
  | { readonly ask: 'close' }

/** An error on its way to another thread, which would strip it of its name. */
export interface ToldError {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
}

export type OpenedWord =
  | { readonly say: 'pulse' }
  | { readonly say: 'opened'; readonly description: Description; readonly controls: readonly ControlName[] }
  | { readonly say: 'ran'; readonly history: History }
  | { readonly say: 'tried'; readonly tried: Smoke }
  | { readonly say: 'failed'; readonly error: ToldError }
  | { readonly say: 'closed' }

const port = parentPort
if (port === null) throw new Error('opened-worker runs in a worker thread')
const say = (word: OpenedWord) => port.postMessage(word)
const { spec, prefix, allowLoginKeyring, cwd, patience } = workerData as OpenTask
const told = (error: unknown): ToldError =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : { name: 'Error', message: String(error), stack: undefined }

setInterval(() => say({ say: 'pulse' }), 250)
say({ say: 'pulse' })

try {
  const target = await openTarget(spec, {
    allowLoginKeyring,
    cwd,
    onProgress() {},
    handshakeMs: patience.handshakeMs,
  })
  const on = session(target, { prefix, deadlineMs: patience.callMs, beat: () => say({ say: 'pulse' }) })
  port.on('message', async (asked: Asked) => {
    try {
      if (asked.ask === 'run') say({ say: 'ran', history: await on.run(asked.program) })
      if (asked.ask === 'try-adapter') say({ say: 'tried', tried: await smoke(target, prefix, patience.callMs) })
      if (asked.ask !== 'close') return
      await target[Symbol.asyncDispose]()
      say({ say: 'closed' })
    } catch (error) {
      say({ say: 'failed', error: told(error) })
    }
  })
  say({ say: 'opened', description: target.description, controls: [...target.device.controls] })
} catch (error) {
  say({ say: 'failed', error: told(error) })
}
