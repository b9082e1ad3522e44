import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { model } from '../../devices/model/model.ts'
import type { Operation } from '../contract/operations.ts'
import { sampleStore } from '../contract/sample-store.ts'
import type { Answer } from '../contract/vault.ts'
import { session } from './session.ts'
import { type Target, VaultGone } from './target.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const missing: Answer = { is: 'fail', failure: { code: 'not-found' } }

/** A vault behind a process, where effects cannot be seen: a write is answered after 20 milliseconds. */
function behindProcess() {
  const said: string[] = []
  const { effects: _, ...simulated } = model()
  const device = {
    ...simulated,
    apply: async () => {
      said.push('cut')
      return 'done' as const
    },
  }
  const target: Target = {
    device,
    description: { ...sampleStore, restore: 'namespace' },
    begin: async () => {},
    invoke: async ({ op }) => {
      if (op === 'get') return missing
      const cuts = said.length
      await new Promise((resolve) => setTimeout(resolve, 20))
      if (said.length > cuts) throw new VaultGone('gone')
      return { is: 'ok', value: null }
    },
    kill: async () => {
      said.push('kill')
    },
    takeErrors: () => '',
    onAgain() {},
    [Symbol.asyncDispose]: async () => {},
  }
  return { said, target }
}
const write: Operation = { op: 'put', name: 'a', value: { canary: 1, size: 16, kind: 'text' } }

it.each([
  [5, { is: 'info', why: 'killed' }],
  [50, { is: 'ok', value: null }],
] as const)(
  'a power cut after %i ms falls where the write then is, and nobody kills the process before',
  async (afterMs, outcome) => {
    const { said, target } = behindProcess()
    const cut = { control: 'cut-power', loses: 'all', afterMs } as const
    const running = session(target, { prefix: 'test', deadlineMs: 1000 }).run({
      commands: [
        { do: 'start', op: write },
        { do: 'control', control: cut },
      ],
      schedule: [],
    })
    await vi.advanceTimersByTimeAsync(2000)
    const { events } = await running
    expect(events.flatMap((event) => (event.type === 'return' ? [event.outcome] : []))).toEqual([outcome])
    expect(said).toEqual(['cut', 'kill'])
  },
)
