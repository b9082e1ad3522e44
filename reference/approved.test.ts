import { expect, it } from 'vitest'
import type { VaultModule } from '../harness/contract/vault.ts'
import { approvedDescription as description } from './description.ts'
import { decodeHeader } from './header.ts'
import { memoryApp } from './memory-app.ts'
import { kdfDefault, type PinCost } from './pin/kdf.ts'
import { openVault } from './vault.ts'

const pin = Buffer.from('246810')
const other = Buffer.from('13579')
const vault = (approved: boolean, kdf?: PinCost): VaultModule => ({
  description,
  open: (context) =>
    openVault(context, { description, initial: 'keyring-pin', approved, ...(kdf === undefined ? {} : { kdf }) }),
})
const setUp = { op: 'setUp', pin } as const
const unlock = { op: 'unlock', pin } as const

it('derives by PBKDF2 with 600,000 passes and SHA-256, and writes that into the header', async () => {
  const app = memoryApp(vault(true))
  expect(await app.ask(setUp)).toBe(null)
  const pbkdf2 = { id: 'pbkdf2-hmac-sha256', iterations: 600_000 }
  expect(app.world.derivations).toEqual([pbkdf2])
  const { header } = decodeHeader(app.world.files.get('header')?.bytes ?? new Uint8Array())
  expect(header.slots).toMatchObject([{ method: 'keyring-pin', kdf: pbkdf2 }])
  app.restart()
  expect(await app.ask(unlock)).toBe(null)
})

it('takes SHA-512 with 220,000 passes, never fewer', async () => {
  const app = memoryApp(vault(true, { id: 'pbkdf2-hmac-sha512', iterations: 1 }))
  expect(await app.ask(setUp)).toBe(null)
  expect(app.world.derivations).toEqual([{ id: 'pbkdf2-hmac-sha512', iterations: 220_000 }])
})

it('refuses a vault by Argon2id before anything is derived, and changes nothing', async () => {
  const app = memoryApp(vault(false))
  expect(await app.ask(setUp)).toBe(null)
  const files = [...app.world.files].map(([name, { bytes }]) => [name, Buffer.from(bytes).toString('hex')])
  const approved = memoryApp(vault(true), app.world)
  expect(await approved.ask(unlock)).toBe('wrong-format')
  expect(await approved.ask({ op: 'unlock', pin: other })).toBe('wrong-format')
  expect(app.world.derivations).toEqual([kdfDefault])
  expect([...app.world.files].map(([name, { bytes }]) => [name, Buffer.from(bytes).toString('hex')])).toEqual(files)
  const again = memoryApp(vault(false), app.world)
  expect(await again.ask(unlock)).toBe(null)
})

it('writes no slot by Argon2id', async () => {
  const app = memoryApp(vault(true, kdfDefault))
  expect(await app.ask(setUp)).toBe('unsupported')
  expect(app.world.derivations).toEqual([])
})

it('outside of the profile, a vault that was made inside stays so when its PIN is changed', async () => {
  const app = memoryApp(vault(true))
  expect(await app.ask(setUp)).toBe(null)
  const ordinary = memoryApp(vault(false), app.world)
  expect(await ordinary.ask(unlock)).toBe(null)
  expect(await ordinary.ask({ op: 'changePin', pin, next: other })).toBe(null)
  const back = memoryApp(vault(true), app.world)
  expect(await back.ask({ op: 'unlock', pin: other })).toBe(null)
  expect(new Set(app.world.derivations.map((cost) => ('id' in cost ? cost.id : 'argon2id')))).toEqual(
    new Set(['pbkdf2-hmac-sha256']),
  )
})
