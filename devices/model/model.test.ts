import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Control } from '../../harness/contract/controls.ts'
import type { Device } from '../../harness/contract/device.ts'
import { settling } from '../simulation/settling.ts'
import { type ModelOptions, model } from './model.ts'

const secret = Uint8Array.of(1, 2, 3)
const item = { service: 'run/1', account: 'a' }

const started = (options: ModelOptions = {}) => {
  const device = model(options)
  const { effects, inProcess } = device
  if (effects === undefined || inProcess === undefined) throw new Error('the model has ports and a seam')
  return { device, effects, ports: inProcess('run/1').ports }
}
const applied = (device: Device, control: Control['control']) => device.apply({ control } as Control)

test('controls without a meaning in the present state are skipped', async () => {
  const { device, ports } = started()
  const seen = []
  for (const control of [
    'unlock-keyring',
    'start-keyring',
    'lock-keyring',
    'lock-keyring',
    'stop-keyring',
    'lock-keyring',
    'unlock-keyring',
    'restart-keyring',
    'stop-keyring',
    'start-keyring',
    'lock-keyring',
    'restart-keyring',
  ] as const) {
    seen.push([control, await applied(device, control), await ports.keyring.state()])
  }
  expect(seen).toEqual([
    ['unlock-keyring', 'skipped', 'unlocked'],
    ['start-keyring', 'skipped', 'unlocked'],
    ['lock-keyring', 'done', 'locked'],
    ['lock-keyring', 'skipped', 'locked'],
    ['stop-keyring', 'done', 'absent'],
    ['lock-keyring', 'skipped', 'absent'],
    ['unlock-keyring', 'skipped', 'absent'],
    ['restart-keyring', 'skipped', 'absent'],
    ['stop-keyring', 'skipped', 'absent'],
    ['start-keyring', 'done', 'unlocked'],
    ['lock-keyring', 'done', 'locked'],
    ['restart-keyring', 'done', 'unlocked'],
  ])
})

test('killing the app is left to whoever runs it', async () => {
  expect(await applied(started().device, 'kill-app')).toBe('skipped')
})

test.each([
  ['restart-machine', { control: 'restart-machine' }, secret],
  ['cut-power', { control: 'cut-power', loses: 'all' }, null],
] as const)('%s starts the machine anew with an unlocked keyring', async (_name, control, file) => {
  const { device, ports } = started()
  await ports.keyring.set(item, secret)
  await ports.keyring.set({ ...item, collection: 'session' }, secret)
  await ports.files.write('unsynced', secret)
  await applied(device, 'stop-keyring')
  expect(await device.apply(control)).toBe('done')
  expect(device.boot()).toBe(1)
  expect(await ports.keyring.get(item)).toEqual(secret)
  expect(await ports.keyring.get({ ...item, collection: 'session' })).toBeNull()
  expect(await ports.files.read('unsynced')).toEqual(file)
})

test('a power cut as a strike loses what was not synced, and the struck effect', async () => {
  const { device, effects, ports } = started()
  await ports.files.write('a', secret)
  effects.arm(1, () => void device.apply({ control: 'cut-power', loses: 'contents' }))
  await ports.files.write('b', secret)
  const struck = await settling(ports.files.sync('b'))
  ports.log.write('after death')
  effects.drop()
  expect(struck.is).toBe('waiting')
  expect(await ports.files.read('a')).toEqual(new Uint8Array(0))
  expect(await ports.files.list()).toEqual(['a', 'b'])
})

test('restore brings back an empty world, and the same randomness', async () => {
  const { device, effects, ports } = started()
  const first = ports.random.bytes(16)
  await ports.keyring.set(item, secret)
  await ports.files.write('a', secret)
  ports.log.write('line')
  await device.apply({ control: 'advance-clock', by: 1000 })
  await applied(device, 'restart-machine')
  await applied(device, 'lock-keyring')
  effects.hold(true)
  await device.restore()
  expect(await ports.keyring.state()).toBe('unlocked')
  expect(await ports.keyring.find('run/1')).toEqual([])
  expect(await ports.files.list()).toEqual([])
  expect(ports.random.bytes(16)).toEqual(first)
  expect(ports.random.bytes(16)).not.toEqual(first)
  expect([device.now(), device.boot()]).toEqual([0, 0])
  const left = []
  for await (const { where, bytes } of device.traces('run/1')) left.push([where, bytes.byteLength])
  expect(left).toEqual([['log', 0]])
})

test('traces hold log, files and what is in the clear of one namespace; sweeping removes what is under it', async () => {
  const { device, ports } = started()
  ports.log.write('one')
  ports.log.write('two')
  await ports.files.write('a', secret)
  await ports.keyring.set(item, secret)
  await device.inProcess?.('run/2').ports.files.write('b', secret)
  const found = []
  for await (const { where, bytes } of device.traces('run/1'))
    found.push([where, Buffer.from(bytes).toString('latin1')])
  expect(found).toEqual([
    ['log', 'one\ntwo'],
    ['a', '\x01\x02\x03'],
    ['labels and attributes', 'run/1\na\n\n'],
  ])
  await device.sweep('run/1')
  expect(await device.footprint('run/1')).toEqual({ items: 0, secretReads: 0 })
  expect(await ports.files.list()).toEqual([])
})

test('argon2id at production cost is real work outside the seam', async () => {
  const { effects, ports } = started({ kdf: 'production' })
  const input = {
    password: secret,
    salt: new Uint8Array(16).fill(7),
    memoryKiB: 64,
    iterations: 1,
    parallelism: 1,
    length: 32,
  }
  effects.hold(true)
  const deriving = ports.kdf.argon2id(input)
  expect(effects.outside()).toBeNull()
  effects.complete(0)
  await effects.outside()
  expect(effects.outside()).toBeNull()
  const key = await settling(deriving)
  // The digest is that of Node's own crypto.argon2Sync over the same input.
  expect(key.is === 'answered' && createHash('sha256').update(key.value).digest('hex').slice(0, 16)).toBe(
    '5d2df95db209c545',
  )
})
