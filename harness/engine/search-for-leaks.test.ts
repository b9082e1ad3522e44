import { expect, it } from 'vitest'
import { model } from '../../devices/model/model.ts'
import type { Description } from '../contract/description.ts'
import type { Event, Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import { sampleStore } from '../contract/sample-store.ts'
import type { Answer, Vault, VaultContext, VaultModule } from '../contract/vault.ts'
import { secretOf } from './canary.ts'
import { findLeaks } from './leaks.ts'
import { session } from './session.ts'
import { inProcessTarget } from './target.ts'

const description: Description = { ...sampleStore, operations: ['put', 'get'] }
const ok: Answer = { is: 'ok', value: null }
const gone: Answer = { is: 'fail', failure: { code: 'not-found' } }
const call = (op: Operation) => ({ do: 'call', op }) as const
const put = (name: string): Operation => ({ op: 'put', name, value: { canary: 1, size: 16, kind: 'text' } })

async function run(open: VaultModule['open'], ops: readonly Operation[], described = description) {
  const target = inProcessTarget({ description: described, open }, model())
  const commands = ops.map(call)
  return (await session(target, { prefix: 'test', deadlineMs: 1000 }).run({ commands, schedule: [] })).events
}
const outcomes = (events: readonly Event[]): readonly Outcome[] =>
  events.flatMap((event) => (event.type === 'return' ? [event.outcome] : []))

const leaksIn = (events: readonly Event[]) =>
  events.flatMap((event) =>
    event.type === 'observation' && event.observation.probe === 'leak'
      ? [`${event.observation.in}, ${event.observation.where}: ${event.observation.encoding}`]
      : [],
  )
const leaking = (put: (context: VaultContext, value: Buffer) => Answer | Promise<Answer>): VaultModule['open'] => {
  return (context) => {
    const invoke: Vault['invoke'] = async (one) => (one.op === 'put' ? put(context, Buffer.from(one.value)) : gone)
    return { description, invoke }
  }
}
it.each<[string, string, VaultModule['open']]>([
  [
    'a log',
    'output, log: utf-8',
    leaking(({ ports }, value) => {
      ports.log.write(`put ${value}`)
      return ok
    }),
  ],
  [
    'a file',
    'file, cache: base64',
    leaking(async ({ ports }, value) => {
      await ports.files.write('cache', Buffer.from(value.toString('base64')))
      return ok
    }),
  ],
  [
    'a label in the keyring',
    'keyring, labels and attributes: hex',
    leaking(async ({ ports, namespace }, value) => {
      await ports.keyring.set({ service: namespace, account: 'a', label: value.toString('hex') }, value)
      return ok
    }),
  ],
  [
    'the reason of a failure',
    'answer, an error: utf-8',
    leaking((_, value) => ({ is: 'fail', failure: { code: 'internal', reason: `cannot store ${value}` } })),
  ],
  [
    'a native error',
    'answer, an error: json',
    leaking((_, value) => ({
      is: 'native',
      native: { domain: 'test', code: null, type: `Bad${value}`, message: JSON.stringify(`${value}`) },
    })),
  ],
  [
    'an exception',
    'answer, an error: utf-8',
    leaking((_, value) => {
      throw new Error(`cannot store ${value}`)
    }),
  ],
])('finds a secret in %s, and keeps none in the history', async (_, leak, open) => {
  const op: Operation = { op: 'put', name: 'a', value: { canary: 1, size: 30, kind: 'newline' } }
  const events = await run(open, [op])
  expect(leaksIn(events)).toContain(leak)
  const secret = String(secretOf(op.value, 'text'))
  expect(JSON.stringify(events)).not.toContain(JSON.stringify(secret).slice(1, -1))
  expect(findLeaks(Buffer.from(JSON.stringify(events)), new Map([[secret, op.value]]), true)).toEqual([])
})
it('finds a secret that a list gives as a name, and no name that the program gave', async () => {
  const names = ['a', 'somebody else']
  const open: VaultModule['open'] = () => ({
    description: listing,
    async invoke(one) {
      if (one.op === 'put') names.push(String(Buffer.from(one.value)))
      return one.op === 'list' ? { is: 'ok', value: names } : one.op === 'put' ? ok : gone
    },
  })
  const listing: Description = { ...description, operations: ['put', 'get', 'list'] }
  const events = await run(open, [put('a'), { op: 'list' }], listing)
  expect(leaksIn(events)).toEqual(['answer, a list of names: utf-8'])
  expect(outcomes(events).at(-1)).toEqual({
    is: 'ok',
    value: ['a', 'somebody else', '(left out: it held a secret)'],
  })
})
it('finds a PIN too', async () => {
  const open: VaultModule['open'] = (context) => ({
    description: withPin,
    async invoke(one) {
      if (one.op === 'unlock' && one.pin !== undefined && one.pin !== null)
        context.ports.log.write(String(Buffer.from(one.pin)))
      return one.op === 'get' ? gone : ok
    },
  })
  const withPin: Description = {
    ...description,
    profiles: ['store', 'lifecycle', 'pin'],
    operations: ['put', 'get', 'setUp', 'unlock'],
  }
  const events = await run(open, [{ op: 'unlock', pin: { pin: 4 } }], withPin)
  const leaks = events.flatMap((event) =>
    event.type === 'observation' && event.observation.probe === 'leak' ? [event.observation] : [],
  )
  expect(leaks).toEqual([{ probe: 'leak', in: 'output', where: 'log', encoding: 'utf-8', canary: 4, secret: 'pin' }])
})
