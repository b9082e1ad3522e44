import { describe, expect, it, test } from 'vitest'
import { model } from '../devices/model/model.ts'
import { settling } from '../devices/simulation/settling.ts'
import type { Control } from '../harness/contract/controls.ts'
import type { VaultCall } from '../harness/contract/operations.ts'
import type { Answer } from '../harness/contract/vault.ts'
import reference from './module.ts'
import { oneOfCopies } from './one-of-copies.ts'
import pinReference from './pin-module.ts'

const bytes = (value: number) => Uint8Array.of(value)
const item = { service: 'run', account: 'a' }
const started = () => {
  const device = model()
  const { effects, inProcess } = device
  if (effects === undefined || inProcess === undefined) throw new Error('the model has ports and a seam')
  const { ports } = inProcess('run')
  return { device, effects, ports, given: inProcess('run'), keyring: oneOfCopies(ports.keyring) }
}
const copy = (age: 'older' | 'newer'): Control => ({ control: 'duplicate-items', age })

test('one item costs one effect', async () => {
  const { effects, keyring } = started()
  await keyring.set(item, bytes(1))
  expect(await keyring.get(item)).toEqual(bytes(1))
  expect(await keyring.delete(item)).toBe(true)
  expect(effects.count()).toBe(3)
})

test('of copies the one changed last is read and replaced', async () => {
  const { device, keyring, ports } = started()
  await keyring.set(item, bytes(1))
  await keyring.set(item, bytes(2))
  await device.apply(copy('older'))
  expect(await keyring.get(item)).toEqual(bytes(2))
  await keyring.set(item, bytes(3))
  expect(await keyring.get(item)).toEqual(bytes(3))
  expect(await ports.keyring.copies?.(item)).toHaveLength(2)
})

test('all copies are deleted, and a death in between brings no older one to light', async () => {
  const { device, effects, keyring, ports } = started()
  await keyring.set(item, bytes(1))
  await keyring.set(item, bytes(2))
  await device.apply(copy('older'))
  // The call that failed, the look at the copies, and the first deletion.
  effects.arm(3, () => {})
  await settling(keyring.delete(item))
  effects.drop()
  expect(await keyring.get(item)).toEqual(bytes(2))
  expect(await keyring.delete(item)).toBe(true)
  expect(await ports.keyring.copies?.(item)).toEqual([])
  expect(await keyring.delete(item)).toBe(false)
})

test('other failures are as they were', async () => {
  const { device, keyring } = started()
  await device.apply({ control: 'lock-keyring' })
  for (const call of [() => keyring.get(item), () => keyring.set(item, bytes(1)), () => keyring.delete(item)])
    await expect(call()).rejects.toMatchObject({ kind: 'locked' })
})

describe.each([
  ['keyring', reference, null],
  ['keyring-pin', pinReference, Buffer.from('493817')],
] as const)('a vault that opens by %s, with a copied anchor', (_, module, pin) => {
  const ready = async () => {
    const { device, given, effects, ports } = started()
    let vault = module.open({ namespace: 'run', ...given })
    const ask = async (call: VaultCall): Promise<unknown> => {
      const answer: Answer = await vault.invoke(call)
      if (answer.is !== 'ok') return answer.is === 'fail' ? answer.failure.code : answer
      return answer.value instanceof Uint8Array ? `=${Buffer.from(answer.value).toString()}` : answer.value
    }
    const restart = () => {
      effects.drop()
      vault = module.open({ namespace: 'run', ...given })
    }
    const unlock = () => ask({ op: 'unlock', pin })
    const put = (value: string) => ask({ op: 'put', name: 'a', value: Buffer.from(value) })
    expect([await ask({ op: 'setUp', pin }), await put('one'), await put('two')]).toEqual([null, null, null])
    return { device, ask, restart, unlock, put, ports }
  }

  it.each(['older', 'newer'] as const)('opens, reads and writes by the last one, beside an %s one', async (age) => {
    const { device, ask, restart, unlock, put } = await ready()
    await device.apply(copy(age))
    expect(await put('three')).toBeNull()
    restart()
    expect([await unlock(), await ask({ op: 'get', name: 'a' })]).toEqual([null, '=three'])
  })
  it('leaves none behind after reset', async () => {
    const { device, ask, ports } = await ready()
    await device.apply(copy('older'))
    expect([await ask({ op: 'reset' }), await ask({ op: 'setUp', pin })]).toEqual([null, null])
    expect(await ports.keyring.copies?.({ service: 'run/vault', account: 'vault-key' })).toHaveLength(1)
  })
  it('refuses with another keyring, and has everything again with its own', async () => {
    const { device, ask, restart, unlock } = await ready()
    restart()
    await device.apply({ control: 'swap-keyring' })
    expect([await unlock(), await ask({ op: 'setUp', pin }), await ask({ op: 'state' })]).toEqual([
      'key-invalidated',
      'already-set-up',
      'locked',
    ])
    restart()
    await device.apply({ control: 'swap-keyring' })
    expect([await unlock(), await ask({ op: 'get', name: 'a' })]).toEqual([null, '=two'])
  })
})
