import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSwitchboard, type Switchboard } from '../dial/switchboard.ts'
import { executable } from '../executable.ts'
import { createOwnRun, type OwnRun } from '../own-run.ts'
import { type StartedPhone, startPhone } from '../virtual-android/start-phone.ts'
import { leadHere, leadNowhere, type PhoneOnAdb } from './adb-host.ts'
import { startAdbServer } from './adb-server.ts'

const adb = executable(['adb'])
const app = {
  package: 'dev.holdfast.sample',
  label: 'Sample',
  versionCode: 1,
  files: new Map(),
  start: () => ({ call: async () => null }),
}
const pages = async () => ({
  async open() {},
  async close() {},
  devtools() {},
  picture: async () => Buffer.alloc(0),
  async [Symbol.asyncDispose]() {},
})

// Skipped, visibly, where adb is not there.
describe.skipIf(adb === null)('a port of the phone that leads here, by the real adb', { timeout: 30_000 }, () => {
  let run: OwnRun
  let started: StartedPhone
  let switchboard: Switchboard
  let at: PhoneOnAdb
  beforeAll(async () => {
    run = await createOwnRun()
    const { port: adbPort } = await startAdbServer(run, adb ?? '')
    started = await startPhone(app, adbPort, pages)
    at = { adbPort, serial: started.serial }
    switchboard = await openSwitchboard()
  }, 30_000)
  afterAll(async () => {
    await switchboard[Symbol.asyncDispose]()
    await started[Symbol.asyncDispose]()
    await run[Symbol.asyncDispose]()
  })
  const opened = (url: string) =>
    new Promise<WebSocket | null>((resolve) => {
      const socket = new WebSocket(url)
      socket.onopen = () => resolve(socket)
      socket.onerror = () => resolve(null)
    })

  test('carries what an app says both ways, however long, and is closed again', async () => {
    const there = await leadHere(at, switchboard.port)
    expect(there).not.toBe(switchboard.port)
    const { url, app: dialling } = switchboard.expect()
    const onPhone = url.replace(`:${switchboard.port}/`, `:${there}/`)
    const socket = await opened(onPhone)
    const dialled = await dialling
    const said = new Promise<string>((resolve) => dialled.onLine(resolve))
    const long = 'x'.repeat(300_000)
    socket?.send(long)
    expect(await said).toBe(long)
    const heard = new Promise<unknown>((resolve) => socket?.addEventListener('message', ({ data }) => resolve(data)))
    dialled.say(long)
    expect(await heard).toBe(long)
    expect(started.dialledOut()).toBe(1)
    socket?.close()
    await dialled.gone
    await leadNowhere(at, there)
    expect(await opened(onPhone)).toBeNull()
  })
  test('is refused where nobody has the phone, or no server is there', async () => {
    await expect(leadHere({ ...at, serial: 'emulator-1' }, 9)).rejects.toThrow(
      "adb refused 'host:transport:emulator-1': device 'emulator-1' not found",
    )
    await expect(leadHere({ ...at, adbPort: 9 }, 9)).rejects.toThrow('ECONNREFUSED')
  })
  test('goes with a restart of the phone', async () => {
    const there = await leadHere(at, switchboard.port)
    started.phone.askToRestart()
    await started.up()
    expect(await opened(`ws://127.0.0.1:${there}/`)).toBeNull()
    await leadNowhere(at, await leadHere(at, switchboard.port))
  })
})
