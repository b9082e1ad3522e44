import { setImmediate as turn } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { StreamRecord } from '../contract/stream.ts'
import type { Baseline } from '../judging/baseline.ts'
import type { TargetSpec } from './engine.ts'
import { judgeTask } from './judge-task.ts'
import type { Patience } from './patience.ts'
import { openTarget } from './wiring.ts'

/** What a worker is told: plain data. */
export interface WorkerTask {
  readonly spec: TargetSpec
  readonly version: string
  readonly seed: number
  readonly programs: number | null
  /** When no new program may begin, in milliseconds of the wall clock; null for never. */
  readonly until: number | null
  readonly full: boolean
  readonly requirements: readonly string[]
  /** Those that are later than the set of this run. */
  readonly unscored: readonly string[]
  readonly baseline: Baseline
  readonly today: string
  readonly prefix: string
  readonly allowLoginKeyring: boolean
  readonly cwd: string
  readonly mustReach: boolean
  readonly patience: Patience
  /** What people set as NODE_COMPILE_CACHE. */
  readonly compileCache: string | null
}

/** What a worker says. `pulse`: it gets on; without it an endless loop holds it. */
export type WorkerWord =
  | { readonly say: 'record'; readonly record: StreamRecord }
  | { readonly say: 'pulse' }
  | { readonly say: 'preparing'; readonly step: string }
  | { readonly say: 'done' }

const port = parentPort
if (port === null) throw new Error('target-worker runs in a worker thread')
const say = (word: WorkerWord) => port.postMessage(word)
const task = workerData as WorkerTask

// Meant for this thread, not for the vaults that it starts.
if (task.compileCache === null) delete process.env.NODE_COMPILE_CACHE
else process.env.NODE_COMPILE_CACHE = task.compileCache

let stopped = false
port.on('message', () => {
  stopped = true
})
const pulseMs = 250
let pulsed = performance.now()
const beat = () => {
  const now = performance.now()
  if (now - pulsed < pulseMs) return
  pulsed = now
  say({ say: 'pulse' })
}
const pulse = setInterval(beat, pulseMs)
say({ say: 'pulse' })

const openSpec = (spec: TargetSpec) =>
  openTarget(spec, {
    allowLoginKeyring: task.allowLoginKeyring,
    cwd: task.cwd,
    onProgress: (step) => say({ say: 'preparing', step }),
    handshakeMs: task.patience.handshakeMs,
  })
// Programs in memory may never let the event loop turn: they tell of themselves.
const records = judgeTask(task, {
  open: () => openSpec(task.spec),
  openOn: ({ name, entry }) => openSpec({ ...task.spec, device: name, phone: entry }),
  stopped: () => stopped,
  beat,
})
for await (const record of records) {
  say({ say: 'record', record })
  // Lets a word to stop be heard.
  await turn()
}
clearInterval(pulse)
say({ say: 'done' })
port.close()
