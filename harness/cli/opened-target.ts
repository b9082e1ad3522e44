import type { Smoke } from '../adapters/smoke.ts'
import type { ControlName } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { History } from '../contract/history.ts'
import type { Program } from '../contract/program.ts'
import { AdapterFault } from '../engine/target.ts'
import type { TargetSpec } from './engine.ts'
import type { Asked, OpenedWord, OpenTask, ToldError } from './opened-worker.ts'
import { type Patience, patienceOf } from './patience.ts'
import { vaultThread } from './vault-thread.ts'

/** One target, up in a thread of its own, that runs programs one at a time. Disposing of it ends both. */
export interface OpenedTarget extends AsyncDisposable {
  readonly description: Description
  readonly controls: ReadonlySet<ControlName>
  /** Rejects as a session does, and with `AdapterFault` where the vault loops or ends its thread; then for good. */
  run(program: Program): Promise<History>
  tryAdapter(): Promise<Smoke>
}

export interface OpenOptions {
  /** Of every namespace. */
  readonly prefix: string
  readonly allowLoginKeyring: boolean
  /** What is left out is as usual. */
  readonly patience?: Partial<Patience> | undefined
}

/**
 * Brings one target up in a thread, where an endless loop in its vault stops nobody else.
 * @throws whatever opening it throws, by name: WrongDevice, AdapterFault, what the device lacks
 */
export async function openInThread(spec: TargetSpec, options: OpenOptions): Promise<OpenedTarget> {
  const { prefix, allowLoginKeyring } = options
  const patience = { ...patienceOf(spec.device), ...options.patience }
  const data: OpenTask = { spec, prefix, allowLoginKeyring, cwd: process.cwd(), patience }
  let waiting: PromiseWithResolvers<OpenedWord> | null = Promise.withResolvers()
  let gone: Error | null = null
  const thread = vaultThread<OpenedWord>({
    file: new URL('./opened-worker.ts', import.meta.url),
    data,
    vault: spec.vault,
    target: spec.name,
    patience,
    onWord(word) {
      if (word.say === 'pulse') return
      if (word.say === 'failed') waiting?.reject(revived(word.error))
      else waiting?.resolve(word)
    },
    onFault({ blame, sentence }) {
      gone = blame === 'adapter' ? new AdapterFault(sentence) : new Error(sentence)
      waiting?.reject(gone)
    },
  })
  const ask = async (asked: Asked): Promise<OpenedWord> => {
    if (gone !== null) throw gone
    waiting = Promise.withResolvers()
    thread.say(asked)
    return waiting.promise
  }
  const close = async () => {
    if (gone === null) {
      waiting = Promise.withResolvers()
      thread.leave({ ask: 'close' } satisfies Asked)
      // One that takes too long over it is ended all the same.
      await Promise.race([waiting.promise, thread.over]).finally(thread.end)
    }
    await thread.over
  }
  try {
    const opened = await waiting.promise
    if (opened.say !== 'opened') throw astray(opened)
    return {
      description: opened.description,
      controls: new Set(opened.controls),
      async run(program) {
        const word = await ask({ ask: 'run', program })
        if (word.say !== 'ran') throw astray(word)
        return word.history
      },
      async tryAdapter() {
        const word = await ask({ ask: 'try-adapter' })
        if (word.say !== 'tried') throw astray(word)
        return word.tried
      },
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    thread.end()
    await thread.over
    throw error
  }
}

const revived = ({ name, message, stack }: ToldError): Error =>
  Object.assign(new Error(message), { name, ...(stack === undefined ? {} : { stack }) })

const astray = ({ say }: OpenedWord): Error => new Error(`the thread of a target said '${say}', which was not asked`)
