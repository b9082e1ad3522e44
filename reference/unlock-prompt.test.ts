import { beforeEach, expect, test } from 'vitest'
import { model } from '../devices/model/model.ts'
import { settling } from '../devices/simulation/settling.ts'
import type { Control } from '../harness/contract/controls.ts'
import type { VaultCall } from '../harness/contract/operations.ts'
import type { PromptPhase } from '../harness/contract/prompt.ts'
import type { Answer, Vault } from '../harness/contract/vault.ts'
import reference from './module.ts'

const device = model()
const { effects, inProcess, prompts } = device
if (effects === undefined || inProcess === undefined || prompts === undefined)
  throw new Error('the model has ports, a seam and prompts')
let phases: PromptPhase[] = []
prompts.onPhase((_, phase) => phases.push(phase))
let vault: Vault

const put: VaultCall = { op: 'put', name: 'a', value: Buffer.from('one') }
const get: VaultCall = { op: 'get', name: 'a' }
const told = (answer: Answer): unknown => {
  if (answer.is !== 'ok') return answer.is === 'fail' ? answer.failure.code : answer
  return answer.value instanceof Uint8Array ? `=${Buffer.from(answer.value).toString()}` : answer.value
}
const answered = async (asking: Promise<Answer>) => {
  const end = await settling(asking)
  return end.is === 'answered' ? told(end.value) : end.is
}
/** Asks, has this done about the prompt once it is up, and tells what was answered. */
const ask = async (call: VaultCall, act: () => unknown = () => {}): Promise<unknown> => {
  const asking = vault.invoke(call)
  await settling(asking)
  await act()
  return answered(asking)
}
const control = (name: Control['control']) => device.apply({ control: name } as Control)
const dismiss = () => device.apply({ control: 'cancel-prompt', by: 'dismissal' })
const leave = () => control('time-out-prompt')
const answer = () => prompts.answer()

beforeEach(async () => {
  await device.restore()
  phases = []
  vault = reference.open({ namespace: 'run', ...inProcess('run') })
  expect([await ask({ op: 'setUp' }), await ask(put)]).toEqual([null, null])
  await control('lock-keyring')
})

test('a write asks to unlock the keyring, and is done once it is', async () => {
  expect(await ask({ op: 'put', name: 'a', value: Buffer.from('two') }, answer)).toBeNull()
  expect(await ask(get)).toBe('=two')
  expect(phases).toEqual(['shown', 'matched'])
})

test.each(['unlock', 'setUp', 'reset', 'delete'] as const)('so does %s', async (op) => {
  if (op === 'unlock') await ask({ op: 'lock' })
  const call = op === 'delete' ? { op, name: 'a' } : { op }
  expect(await ask(call, answer)).toBe(op === 'setUp' ? 'already-set-up' : null)
  expect(phases).toEqual(op === 'setUp' ? [] : ['shown', 'matched'])
})

test('what needs no keyring asks nobody', async () => {
  expect(await ask(get)).toBe('=one')
  expect(await ask({ op: 'state' })).toBe('unlocked')
  await ask({ op: 'lock' })
  expect(await ask({ op: 'availability' })).toBe('locked')
  expect(phases).toEqual([])
})

test('a dismissal is told as one and leaves all as it was, and the next call asks again', async () => {
  expect(await ask({ op: 'put', name: 'a', value: Buffer.from('two') }, dismiss)).toBe('user-cancelled')
  expect(await ask(get)).toBe('=one')
  expect(await ask({ op: 'put', name: 'a', value: Buffer.from('two') }, answer)).toBeNull()
  expect(await ask(get)).toBe('=two')
  expect(phases).toEqual(['shown', 'dismissed', 'shown', 'matched'])
})

test('nobody is waited for beyond a bound', async () => {
  expect(await ask(put, leave)).toBe('store-locked')
  expect(phases).toEqual(['shown', 'timed-out'])
  expect(device.now()).toBe(120_000)
})

test('a keyring that goes away while it asks is not there', async () => {
  expect(await ask(put, () => control('stop-keyring'))).toBe('unavailable')
})

test('calls that meet the lock together share one prompt, and others are not held up by it', async () => {
  const both = [vault.invoke(put), vault.invoke({ op: 'put', name: 'b', value: Buffer.from('two') })]
  await settling(Promise.all(both))
  expect(await ask(get)).toBe('=one')
  prompts.answer()
  expect(await Promise.all(both.map(answered))).toEqual([null, null])
  expect(await ask({ op: 'list' })).toEqual(['a', 'b'])
  expect(phases).toEqual(['shown', 'matched'])
})
