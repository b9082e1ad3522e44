import { beforeEach, expect, test } from 'vitest'
import type { KeyringState } from '../../harness/contract/platforms/desktop.ts'
import { createClock } from '../simulation/clock.ts'
import { createSeam } from '../simulation/seam.ts'
import { settling } from '../simulation/settling.ts'
import { createKeyring } from './keyring.ts'

const secret = Uint8Array.of(1, 2, 3)
const login = { service: 'run/vault', account: 'a' }
const session = { ...login, collection: 'session' } as const

const newKeyring = () => {
  const seam = createSeam()
  return createKeyring(seam, createClock(seam))
}
let keyring = newKeyring()
beforeEach(() => {
  keyring = newKeyring()
})

test('an item is kept as its own bytes, replaced, listed and deleted', async () => {
  const given = Uint8Array.from(secret)
  await keyring.port.set(login, given)
  given.fill(0)
  expect(await keyring.port.get(login)).toEqual(secret)
  await keyring.port.set(login, Uint8Array.of(9))
  expect(await keyring.port.get(login)).toEqual(Uint8Array.of(9))
  expect(await keyring.port.find('run/vault')).toEqual(['a'])
  expect(await keyring.port.delete(login)).toBe(true)
  expect(await keyring.port.delete(login)).toBe(false)
  expect(await keyring.port.get(login)).toBeNull()
})

test('collections and services are apart', async () => {
  await keyring.port.set(session, secret)
  expect(await keyring.port.get(login)).toBeNull()
  expect(await keyring.port.find('run/vault')).toEqual([])
  expect(await keyring.port.find('run/vault', 'session')).toEqual(['a'])
  expect(await keyring.port.get({ service: 'run', account: 'vault/a', collection: 'session' })).toBeNull()
})

const calls = {
  set: () => keyring.port.set(login, secret),
  get: () => keyring.port.get(login),
  delete: () => keyring.port.delete(login),
  find: () => keyring.port.find('run/vault'),
}
const onSession = {
  set: () => keyring.port.set(session, secret),
  get: () => keyring.port.get(session),
  delete: () => keyring.port.delete(session),
  find: () => keyring.port.find('run/vault', 'session'),
}
test.each(['locked', 'absent'] as const)(
  '%s: every call fails at once and by kind; the state itself can be asked',
  async (state) => {
    keyring.become(state)
    for (const call of Object.values(calls)) {
      expect(await settling<unknown>(call())).toMatchObject({ is: 'failed', error: { kind: state } })
    }
    for (const call of Object.values(onSession)) {
      expect((await settling<unknown>(call())).is).toBe(state === 'locked' ? 'answered' : 'failed')
    }
    expect(await keyring.port.state()).toBe(state)
  },
)

test.each(['locked', 'absent'] satisfies KeyringState[])('login items outlive %s', async (state) => {
  await keyring.port.set(login, secret)
  keyring.become(state)
  keyring.become('unlocked')
  expect(await keyring.port.get(login)).toEqual(secret)
})

test('the session collection ends with the daemon, not with a lock', async () => {
  await keyring.port.set(session, secret)
  keyring.become('locked')
  keyring.become('unlocked')
  expect(await keyring.port.get(session)).toEqual(secret)
  keyring.become('absent')
  keyring.become('unlocked')
  expect(await keyring.port.get(session)).toBeNull()
  await keyring.port.set(session, secret)
  await keyring.port.set(login, secret)
  keyring.become('locked')
  keyring.restart()
  expect(await keyring.port.get(session)).toBeNull()
  expect(await keyring.port.get(login)).toEqual(secret)
})

test('the state counts when the effect happens, not when it is asked for', async () => {
  const seam = createSeam()
  const slow = createKeyring(seam, createClock(seam))
  seam.hold(true)
  const writing = slow.port.set(login, secret)
  slow.become('locked')
  seam.complete(0)
  await expect(writing).rejects.toMatchObject({ kind: 'locked' })
})

test('items are counted by prefix and secrets by what was handed out', async () => {
  await keyring.port.set(login, secret)
  await keyring.port.set(session, secret)
  await keyring.port.set({ service: 'other', account: 'a' }, secret)
  await keyring.port.get(login)
  await keyring.port.get({ ...login, account: 'none' })
  await keyring.port.find('run/vault')
  expect(keyring.items('run/')).toBe(2)
  expect(keyring.secretReads()).toBe(1)
  keyring.sweep('run/')
  expect(keyring.items('run/')).toBe(0)
  expect(keyring.items('other')).toBe(1)
})

test('another provider has items of its own, and the first has its own again', async () => {
  await keyring.port.set(login, secret)
  keyring.become('locked')
  keyring.swap()
  expect(await keyring.port.get(login)).toBeNull()
  await keyring.port.set(login, Uint8Array.of(9))
  expect(keyring.items('run/')).toBe(1)
  keyring.sweep('run/')
  keyring.swap()
  expect(await keyring.port.get(login)).toEqual(secret)
  keyring.swap()
  expect(await keyring.port.get(login)).toBeNull()
  keyring.clear()
  keyring.swap()
  expect(keyring.items('')).toBe(0)
})
