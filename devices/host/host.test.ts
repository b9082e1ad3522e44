import { createHash } from 'node:crypto'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Channel, Device } from '../../harness/contract/device.ts'
import { host } from './host.ts'
import { loginKeyring, refuseUnlessAllowed } from './login-keyring.ts'
import { privateSessionLacks } from './private-session.ts'

const project = join(import.meta.dirname, '..', '..')
const node = process.execPath
const lacks = privateSessionLacks()
if (lacks !== null) console.warn(`SKIPPED: the device 'host' against a real GNOME Keyring: ${lacks}`)

/** Asks over the protocol, one call at a time. */
function asker(channel: Channel) {
  const lines = channel.lines[Symbol.asyncIterator]()
  let id = 0
  const ask = async (request: object): Promise<unknown> => {
    channel.send(JSON.stringify({ id: id++, ...request }))
    const answer: unknown = JSON.parse((await lines.next()).value ?? 'null')
    if (typeof answer !== 'object' || answer === null) return answer
    if ('fail' in answer) return (answer.fail as { code: string }).code
    return 'ok' in answer ? answer.ok : answer
  }
  return ask
}

describe('the login keyring of a person', () => {
  it('is refused without the flag, by its name', async () => {
    for (const platform of ['darwin', 'win32'] as const) {
      const found = await loginKeyring({}, platform)
      expect(() => refuseUnlessAllowed(found, false)).toThrow('--allow-login-keyring')
      expect(() => refuseUnlessAllowed(found, true)).not.toThrow()
    }
  })
  it('is not there without a session bus', async () => {
    expect(await loginKeyring({}, 'linux')).toBe(null)
    expect(await loginKeyring({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }, 'linux')).toBe(null)
  })
})

describe.skipIf(lacks !== null)('a private session with a real GNOME Keyring', () => {
  let device: Device
  const opened: Channel[] = []
  const start = async (command: readonly string[]) => {
    const channel = await device.channel?.(command, {})
    if (channel === undefined) throw new Error('no channel')
    opened.push(channel)
    return channel
  }
  const begin = async (namespace: string) => {
    const channel = await start([node, join(project, 'reference/stdio.ts')])
    const ask = asker(channel)
    await ask({ begin: { namespace } })
    return { channel, ask }
  }
  beforeAll(async () => {
    device = await host({ private: true })
  })
  afterAll(async () => {
    for (const channel of opened) await channel[Symbol.asyncDispose]()
    await device[Symbol.asyncDispose]()
  })

  it('proves what it is', async () => {
    const environment = await device.calibrate()
    expect(environment.fidelity).toBe('F2')
    const states = Object.entries(environment.facets)
    expect(states.filter(([, state]) => state.is === 'disproven')).toEqual([])
    expect(states.filter(([, state]) => state.is === 'proven')).toHaveLength(12)
  })
  it('is refused as a login keyring when it is somebody’s session', async () => {
    const socket = join((await firstTrace(device)).session, 'run', 'bus')
    const found = await loginKeyring({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}` }, 'linux')
    expect(found?.kind).toBe('secret-service')
    expect(() => refuseUnlessAllowed(found, false)).toThrow('--allow-login-keyring')
  })
  it('runs the reference vault, and tells locked, absent and gone apart', async () => {
    const secret = { bytes: Buffer.from('a secret\nwith a line end').toString('base64') }
    const read = { sha256: createHash('sha256').update(secret.bytes, 'base64').digest('hex'), size: 24 }
    let { channel, ask } = await begin('run-1')
    expect(await ask({ op: 'availability' })).toBe('not-set-up')
    expect(await ask({ op: 'setUp' })).toBe(null)
    expect(await ask({ op: 'put', name: 'a', value: secret })).toBe(null)
    expect(await device.footprint('run-1')).toMatchObject({ items: 1 })
    expect(await device.footprint('run')).toMatchObject({ items: 1 })
    expect(await device.footprint('run-10')).toMatchObject({ items: 0 })

    await channel.kill()
    ;({ channel, ask } = await begin('run-1'))
    expect(await ask({ op: 'get', name: 'a' })).toBe('vault-locked')
    const before = await device.footprint('run-1')
    expect(await ask({ op: 'availability' })).toBe('locked')
    expect(await device.footprint('run-1')).toEqual(before)

    expect(await device.apply({ control: 'lock-keyring' })).toBe('done')
    expect(await ask({ op: 'availability' })).toBe('locked')
    expect(await ask({ op: 'unlock' })).toBe('store-locked')
    expect(await ask({ op: 'reset' })).toBe('store-locked')
    expect(await device.apply({ control: 'stop-keyring' })).toBe('done')
    expect(await device.apply({ control: 'stop-keyring' })).toBe('skipped')
    expect(await ask({ op: 'availability' })).toBe('unavailable')
    expect(await ask({ op: 'unlock' })).toBe('unavailable')
    expect(await device.apply({ control: 'start-keyring' })).toBe('done')
    expect(await ask({ op: 'unlock' })).toBe(null)
    expect(await ask({ op: 'get', name: 'a' })).toEqual(read)

    expect(await ask({ op: 'lock' })).toBe(null)
    expect(await device.apply({ control: 'restart-keyring' })).toBe('done')
    expect(await ask({ op: 'unlock' })).toBe(null)
    expect(await device.apply({ control: 'lock-keyring' })).toBe('done')
    expect(await ask({ op: 'get', name: 'a' })).toEqual(read)
    await device.restore()
    for await (const { where, bytes } of device.traces('run-1'))
      expect([where, Buffer.from(bytes).includes('a secret')]).toEqual([where, false])
    expect(channel.takeErrors()).toBe('')
    await device.sweep('run-1')
    expect(await device.footprint('run-1')).toMatchObject({ items: 0 })
  })
  it('never falls back to the kernel keyring, and keeps bytes, by the port itself', async () => {
    const script = `
      import { napiKeyring } from './reference/ports/napi-keyring.ts'
      const keyring = napiKeyring(), item = { service: 'run-2/port', account: 'a' }
      const say = async (work) => console.log(JSON.stringify(await work.then((v) => v instanceof Uint8Array ? [...v] : v ?? null, (e) => e.kind)))
      process.stdin.setEncoding('utf8').on('data', async (line) => {
        switch (line.trim()) {
          case 'set': return say(keyring.set(item, new Uint8Array([0, 10, 255])))
          case 'get': return say(keyring.get(item))
          case 'find': return say(keyring.find('run-2/port'))
          case 'delete': return say(keyring.delete(item))
          case 'state': return say(keyring.state())
        }
      })`
    const file = `data:text/javascript,${encodeURIComponent(`process.chdir(${JSON.stringify(project)})`)}`
    const channel = await start([
      node,
      '--import',
      file,
      '--input-type=module',
      '-e',
      script.replace('./', `${project}/`),
    ])
    const lines = channel.lines[Symbol.asyncIterator]()
    const ask = async (what: string) => {
      channel.send(what)
      return JSON.parse((await lines.next()).value ?? 'null') as unknown
    }
    const answers: unknown[] = []
    for (const what of ['state', 'get', 'set', 'get', 'find']) answers.push(await ask(what))
    await device.apply({ control: 'lock-keyring' })
    for (const what of ['state', 'get', 'set', 'find', 'delete']) answers.push(await ask(what))
    await device.apply({ control: 'stop-keyring' })
    for (const what of ['state', 'get', 'set', 'find', 'delete']) answers.push(await ask(what))
    await device.restore()
    for (const what of ['get', 'delete', 'delete', 'get', 'find']) answers.push(await ask(what))
    const all = (answer: string) => Array.from({ length: 5 }, () => answer)
    expect(answers).toEqual([
      ...['unlocked', null, null, [0, 10, 255], ['a']],
      ...all('locked'),
      ...all('absent'),
      ...[[0, 10, 255], true, false, null, []],
    ])
  })
  it('is gone when it is disposed of', async () => {
    await using other = await host({ private: true })
    const { session } = await firstTrace(other)
    await access(session)
    await other[Symbol.asyncDispose]()
    await expect(access(session)).rejects.toThrow('ENOENT')
  })
})

/** The folder of a session, found by way of a process in it. */
async function firstTrace(device: Device): Promise<{ session: string }> {
  const channel = await device.channel?.([node, '-e', 'console.log(process.env.HOLDFAST_DATA)'], {})
  if (channel === undefined) throw new Error('no channel')
  await using child = channel
  const line = await child.lines[Symbol.asyncIterator]().next()
  return { session: join(String(line.value), '..') }
}
