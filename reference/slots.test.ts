import { describe, expect, it } from 'vitest'
import type { VaultCall } from '../harness/contract/operations.ts'
import type { VaultModule } from '../harness/contract/vault.ts'
import { description } from './description.ts'
import { Refusal } from './failure.ts'
import { crashedAtEveryEffect, type MemoryApp, memoryApp } from './memory-app.ts'
import type { BiometricPort } from './methods/biometric.ts'
import type { PasskeyPort } from './methods/passkey.ts'
import reference from './module.ts'
import { openVault } from './vault.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const setUp: VaultCall = { op: 'setUp' }
const put: VaultCall = { op: 'put', name: 'a', value: bytes('1') }
const get: VaultCall = { op: 'get', name: 'a' }
const addPin: VaultCall = { op: 'addSlot', method: 'keyring-pin', pin: bytes('246810') }
const removeKeyring: VaultCall = { op: 'removeSlot', method: 'keyring' }
const unlockByPin: VaultCall = { op: 'unlock', pin: bytes('246810') }

async function asked(app: MemoryApp, calls: readonly VaultCall[]) {
  for (const call of calls) expect([call.op, await app.ask(call)]).toEqual([call.op, null])
}

describe('slots', () => {
  it('are added and removed, each opens the same vault, and one stays', async () => {
    const app = memoryApp(reference)
    expect(await app.ask({ op: 'slots' })).toBe('not-set-up')
    await asked(app, [setUp, put])
    expect(await app.ask({ op: 'slots' })).toEqual(['keyring'])
    expect(await app.ask(removeKeyring)).toBe('rejected')
    expect(await app.ask({ op: 'removeSlot', method: 'passkey' })).toBe('not-found')
    expect(await app.ask({ op: 'addSlot', method: 'keyring' })).toBe('rejected')
    expect(await app.ask({ op: 'addSlot', method: 'keyring-pin' })).toBe('invalid-argument')
    for (const method of ['biometric', 'passkey'] as const)
      expect(await app.ask({ op: 'addSlot', method })).toBe('unsupported')
    expect(await app.ask(unlockByPin)).toBe('invalid-argument')
    expect(await app.ask(addPin)).toBe(null)
    expect(await app.ask({ op: 'slots' })).toEqual(['keyring', 'keyring-pin'])
    for (const open of [{ op: 'unlock' } as const, unlockByPin]) {
      app.restart()
      expect(await app.ask({ op: 'slots' })).toBe('vault-locked')
      expect(await app.ask({ op: 'unlock', pin: bytes('9999') })).toBe('wrong-pin')
      await asked(app, [open])
      expect(await app.ask(get)).toBe('=1')
    }
    const both = app.world.files.get('header')
    await asked(app, [removeKeyring])
    expect(await app.ask({ op: 'removeSlot', method: 'keyring-pin' })).toBe('rejected')
    app.restart()
    expect(await app.ask({ op: 'unlock' })).toBe('invalid-argument')
    await asked(app, [unlockByPin])
    expect(await app.ask(get)).toBe('=1')
    if (both !== undefined) app.world.files.set('header', both)
    app.restart()
    for (const open of [{ op: 'unlock' } as const, unlockByPin]) expect(await app.ask(open)).toBe('rollback')
  })
  it('do not change where the keyring or the disk refuses', async () => {
    const app = memoryApp(reference)
    await asked(app, [setUp, put])
    app.world.keyring = 'locked'
    expect(await app.ask(addPin)).toBe('store-locked')
    app.world.keyring = 'unlocked'
    app.world.room = 10
    expect(await app.ask(addPin)).toBe('no-space')
    expect(await app.ask({ op: 'slots' })).toEqual(['keyring'])
    app.restart()
    await asked(app, [{ op: 'unlock' }])
    expect(await app.ask({ op: 'slots' })).toEqual(['keyring'])
    expect(app.world.files.size).toBe(3)
  })
  it('cut short while one is added are the old ones or the new ones', async () => {
    const seen = new Set<string>()
    for await (const { app, where, finished } of crashedAtEveryEffect(reference, [setUp, put], addPin)) {
      await asked(app, [{ op: 'unlock' }])
      const slots = String(await app.ask({ op: 'slots' }))
      seen.add(slots)
      if (finished) expect(slots).toBe('keyring,keyring-pin')
      app.restart()
      const both = slots === 'keyring,keyring-pin'
      expect([where, await app.ask(unlockByPin)]).toEqual([where, both ? null : 'invalid-argument'])
      if (!both) await app.ask({ op: 'unlock' })
      expect(await app.ask(get)).toBe('=1')
      expect([where, app.world.files.size]).toEqual([where, 3])
      expect(await app.ask(both ? removeKeyring : addPin)).toBe(null)
    }
    expect([...seen].sort()).toEqual(['keyring', 'keyring,keyring-pin'])
  })
  it('cut short while one is removed are the old ones or the new ones', async () => {
    const seen = new Set<unknown>()
    const before = [setUp, put, addPin]
    for await (const { app, where, finished } of crashedAtEveryEffect(reference, before, removeKeyring)) {
      const plain = await app.ask({ op: 'unlock' })
      seen.add(plain)
      expect([where, plain === 'invalid-argument' || (!finished && plain === null)]).toEqual([where, true])
      app.restart()
      expect([where, await app.ask(unlockByPin)]).toEqual([where, null])
      expect(await app.ask({ op: 'slots' })).toEqual(plain === null ? ['keyring', 'keyring-pin'] : ['keyring-pin'])
      expect(await app.ask(get)).toBe('=1')
      expect([where, app.world.files.size]).toEqual([where, 3])
    }
    expect(seen).toEqual(new Set([null, 'invalid-argument']))
  })
})

/** A phone's key store in memory: `enrolled` changes what its keys are bound to. */
function fakeBiometrics() {
  const keys = new Map<string, { readonly finger: number; readonly pad: Uint8Array }>()
  const phone = { finger: 1, keys, cancels: false }
  const mask = (secret: Uint8Array, pad: Uint8Array) => secret.map((byte, at) => byte ^ (pad[at] ?? 0))
  const port: BiometricPort = {
    async seal(label, secret) {
      const pad = secret.map((_, at) => (at * 37 + keys.size) & 255)
      keys.set(label, { finger: phone.finger, pad })
      return mask(secret, pad)
    },
    async open(label, sealed) {
      if (phone.cancels) throw new Refusal('user-cancelled')
      const key = keys.get(label)
      if (key === undefined || key.finger !== phone.finger) throw new Refusal('key-invalidated')
      return mask(sealed, key.pad)
    },
    async discard(label) {
      keys.delete(label)
    },
  }
  return { phone, port }
}
function fakePasskeys() {
  const authenticator = { salt: 0, size: 32 }
  const port: PasskeyPort = {
    register: async () => Uint8Array.of(1, 2, 3),
    evaluate: async (credential, salt) =>
      Uint8Array.from(
        { length: authenticator.size },
        (_, at) => (salt[at] ?? 0) ^ (credential[at % 3] ?? 0) ^ authenticator.salt,
      ),
  }
  return { authenticator, port }
}
const having = (ports: { biometric?: BiometricPort; passkey?: PasskeyPort }): VaultModule => ({
  description,
  open: (context) => openVault(context, { description, initial: 'keyring', ...ports }),
})

describe('a biometric slot', () => {
  it('opens by the port, passes its refusals on, and is gone after an enrolment', async () => {
    const { phone, port } = fakeBiometrics()
    const app = memoryApp(having({ biometric: port }))
    await asked(app, [setUp, put, { op: 'addSlot', method: 'biometric' }, removeKeyring, { op: 'lock' }])
    phone.cancels = true
    expect(await app.ask({ op: 'unlock' })).toBe('user-cancelled')
    phone.cancels = false
    await asked(app, [{ op: 'unlock' }])
    expect(await app.ask(get)).toBe('=1')
    await app.ask({ op: 'lock' })
    phone.finger = 2
    expect(await app.ask({ op: 'unlock' })).toBe('key-invalidated')
    phone.finger = 1
    await asked(app, [{ op: 'unlock' }, addPin, { op: 'removeSlot', method: 'biometric' }])
    expect(phone.keys.size).toBe(0)
  })
})

describe('a passkey slot', () => {
  it('opens by the PRF, and not by another answer of it', async () => {
    const { authenticator, port } = fakePasskeys()
    const app = memoryApp(having({ passkey: port }))
    authenticator.size = 48
    await asked(app, [setUp, put])
    // Still encrypted, as one browser answered: no slot is made of that.
    expect(await app.ask({ op: 'addSlot', method: 'passkey' })).toBe('unsupported')
    authenticator.size = 32
    await asked(app, [{ op: 'addSlot', method: 'passkey' }, removeKeyring, { op: 'lock' }, { op: 'unlock' }])
    expect(await app.ask(get)).toBe('=1')
    await app.ask({ op: 'lock' })
    authenticator.salt = 1
    expect(await app.ask({ op: 'unlock' })).toBe('key-invalidated')
    authenticator.salt = 0
    await asked(app, [{ op: 'unlock' }])
  })
})
