import { webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dialChannel } from './dial-channel.ts'
import { frameOf, frameReader } from './frames.ts'
import { openSwitchboard, type Switchboard } from './switchboard.ts'

const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
interface Engine {
  readonly holdfast: { serve(adapter: object): void; dial(url: string): WebSocket }
}
/** An app's engine with the bridge and the dialler in it, and a vault that keeps one value. */
const app = (): Engine => {
  const engine = { WebSocket, setTimeout, TextEncoder, TextDecoder, crypto: webcrypto } as unknown as Engine
  runInNewContext(file('../page-bridge.js'), engine)
  runInNewContext(file('./dial.js'), engine)
  let kept: unknown = null
  const invoke = async (call: { readonly op: string; readonly value?: unknown }) => {
    if (call.op === 'put') kept = call.value
    return { is: 'ok', value: call.op === 'get' ? kept : null }
  }
  engine.holdfast.serve({ description: { values: 'bytes', operations: ['put', 'get'] }, open: () => ({ invoke }) })
  return engine
}

let switchboard: Switchboard
beforeEach(async () => {
  switchboard = await openSwitchboard()
})
afterEach(() => switchboard[Symbol.asyncDispose]())

describe('an app without a page', () => {
  test('dials, and speaks the protocol as over stdio', async () => {
    const engine = app()
    let killed = 0
    const channel = await dialChannel(switchboard, {
      launch: async (url) => void engine.holdfast.dial(url),
      killApp: async () => void killed++,
    })
    const lines = channel.lines[Symbol.asyncIterator]()
    const ask = async (request: object): Promise<unknown> => {
      channel.send(JSON.stringify(request))
      return JSON.parse((await lines.next()).value)
    }
    expect(await ask({ hello: { protocol: 1 } })).toMatchObject({ hello: { protocol: 1 } })
    await ask({ id: 0, begin: { namespace: 'n' } })
    const value = { canary: 1, size: 70_000, kind: 'text' }
    expect(await ask({ id: 1, op: 'put', value })).toEqual({ id: 1, ok: null })
    expect(await ask({ id: 2, op: 'get' })).toMatchObject({ id: 2, ok: { size: 70_000 } })
    await channel.kill()
    expect(killed).toBe(1)
    expect(await channel.ended).toBe('killed')
    expect(() => channel.send('{}')).toThrow('the app is gone')
  })
  test('that hangs up is gone', async () => {
    const engine = app()
    let socket: WebSocket | undefined
    const channel = await dialChannel(switchboard, {
      async launch(url) {
        socket = engine.holdfast.dial(url)
      },
      async killApp() {},
    })
    socket?.close()
    expect(await channel.ended).toBe('the app hung up')
  })
  test('whose process ends without a word is gone too', async () => {
    const { url, app: dialling } = switchboard.expect()
    const { port, pathname } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      `GET ${pathname} HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-key: a\r\n\r\n`,
    )
    const { gone } = await dialling
    socket.resume().end()
    await gone
  })
  test('that never dials is told in one sentence', async () => {
    const silent = { launch: async () => {}, killApp: async () => {} }
    await expect(dialChannel(switchboard, silent, 1)).rejects.toThrow('The app did not connect within 1 ms')
  })
  test('gets in by its token alone, and once', async () => {
    const { url, app: dialling } = switchboard.expect()
    const opened = (to: string) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(to)
        socket.onopen = () => resolve(true)
        socket.onerror = () => resolve(false)
      })
    expect(await opened(url.replace(/\w{4}$/, 'beef'))).toBe(false)
    expect(await opened(url)).toBe(true)
    await dialling
    expect(await opened(url)).toBe(false)
  })
})

describe('frames', () => {
  const masked = (text: string, first = 0x81): Buffer => {
    const body = Buffer.from(text)
    return Buffer.concat([Buffer.from([first, 0x80 | body.length, 0, 0, 0, 0]), body])
  }
  test('are read whole, however they are cut', () => {
    const read = frameReader()
    const bytes = Buffer.concat([masked('ab', 0x01), masked('c', 0x80), masked('d')])
    expect([...bytes].flatMap((byte) => read(Buffer.from([byte])))).toEqual([
      { is: 'text', text: 'abc' },
      { is: 'text', text: 'd' },
    ])
  })
  test('that no app may send are refused', () => {
    expect(() => frameReader()(frameOf('text', 'unmasked'))).toThrow('must mask')
    expect(() => frameReader()(masked('x', 0x83))).toThrow('code 3')
  })
})
