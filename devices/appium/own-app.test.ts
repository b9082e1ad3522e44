import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOfApp } from './installed-app-digest.ts'
import { appForDriver, ownApp } from './own-app.ts'
import type { OwnPhoneEntry, PhoneApp } from './phone-entry.ts'

let folder = ''
let path = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'own-app-test-'))
  path = join(folder, 'app.apk')
  await writeFile(path, 'what was built')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const id = 'com.example.app'
const on = (app: PhoneApp): OwnPhoneEntry => ({
  is: 'android-emulator',
  serial: 'emulator-5554',
  pin: { env: 'P' },
  app,
})
/** A phone whose shell answers so, or refuses. */
const phone = (installed: string | null, refuses?: string) => {
  const asked: string[] = []
  return {
    asked,
    async executeScript(script: string, [given]: readonly unknown[]) {
      const { command = '' } = given as { readonly command?: string }
      asked.push(`${script} ${command || JSON.stringify(given)}`)
      if (script === 'mobile: installApp' && refuses !== undefined) throw new Error(refuses)
      if (command.startsWith('pm path')) {
        if (installed === null) throw new Error('status 1')
        return `package:/data/app/x/base.apk\n${installed === 'split' ? 'package:/data/app/x/split.apk\n' : ''}`
      }
      return command.startsWith('sha256sum') ? `${installed}  /data/app/x/base.apk\n` : null
    },
  }
}
const brought = async (session: ReturnType<typeof phone>, app: PhoneApp) => {
  const one = await ownApp(on(app), id)
  await one.bring(session as never)
  return { arrival: one.told().arrival, installs: session.asked.filter((line) => line.includes('installApp')).length }
}

test('what the phone has already is not installed again, by its digest', async () => {
  const sha256 = await digestOfApp(path)
  expect(await brought(phone(sha256), { path })).toEqual({ arrival: 'same', installs: 0 })
  expect((await ownApp(on({ path }), id)).told()).toMatchObject({ sha256, signature: { is: 'unknown' } })
})

test.each([
  ['another', '0'.repeat(64)],
  ['none', null],
  ['one in pieces', 'split'],
])('where the phone has %s, it is installed', async (_, installed) => {
  expect(await brought(phone(installed), { path })).toEqual({ arrival: 'installed', installs: 1 })
})

test('what is never to be installed, or is the driver’s to install, is left alone', async () => {
  expect(await brought(phone(null), { path, install: 'never' })).toEqual({ arrival: 'there', installs: 0 })
  expect(await brought(phone(null), { path, install: 'always' })).toEqual({ arrival: 'driver', installs: 0 })
  expect(await brought(phone(null), { url: 'https://example.com/app.apk' })).toEqual({ arrival: 'driver', installs: 0 })
  expect(await brought(phone(null), { id })).toEqual({ arrival: 'there', installs: 0 })
})

test('the driver is given what is its to install, and nothing that we compare', () => {
  expect(appForDriver(on({ path: 'a.apk' }))).toBeNull()
  expect(appForDriver(on({ path: 'a.apk', install: 'always' }))).toBe('a.apk')
  expect(appForDriver({ is: 'ios-simulator', udid: 'A', app: { path: 'A.app' } })).toBe('A.app')
})

test('another key is told with what to do', async () => {
  const session = phone(null, 'Failure [INSTALL_FAILED_UPDATE_INCOMPATIBLE: …]')
  await expect(brought(session, { path })).rejects.toThrow('is signed by another key than the com.example.app on')
})
