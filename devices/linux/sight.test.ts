import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../harness/contract/device.ts'
import { linuxContainer } from './device.ts'
import { connectEngine, NoEngine } from './engine.ts'
import { nextLine, start, startAdapter } from './sample-processes.ts'

const engine = await connectEngine().catch((error: unknown) => {
  if (!(error instanceof NoEngine)) throw error
  console.warn(`SKIPPED: nobody looked into processes in a container here. ${error.message}`)
  return null
})

const encodings = (bytes: Buffer) => [{ encoding: 'utf-8', bytes }]
const backwards = (text: string) => [...text].reverse().join('')
/** Python that holds the text, and does not have it in its own source. */
const holding = (text: string) => `held = bytearray(b'${backwards(text)}'[::-1])`
const stay = `print('up', flush=True); import sys; sys.stdin.read(); print(len(held))`

describe.skipIf(engine === null)('what is seen of processes in a container', { timeout: 60_000 }, () => {
  let device: Device
  beforeAll(async () => {
    device = await linuxContainer()
  }, 600_000)
  afterAll(async () => device?.[Symbol.asyncDispose]())

  const found = async (text: string) => {
    const seen = await device.sight?.searchMemory([{ what: 'it', bytes: Buffer.from(text) }], encodings)
    return seen == null ? null : seen.found.length > 0
  }

  test('what it holds is found, what it does not hold is not, and of no process nothing is said', async () => {
    const text = 'Zk3vQp8sXw2rLm6tYb1nHc9dJf5gKa7e'
    expect(await found(text)).toBeNull()
    await using channel = await start(device, 'python3', '-c', `${holding(text)}; ${stay}`)
    expect(await nextLine(channel)).toBe('up')
    expect(await found(text)).toBe(true)
    expect(await found('Ou4iWe0yRt8qPz6xVc2bNm1lKj3hGf5d')).toBe(false)
    await channel.kill()
    expect(await found(text)).toBeNull()
  })

  test('what a child holds is found too', async () => {
    const text = 'Qa9wSx8eDc7rFv6tGb5yHn4uJm3iKo2p'
    const child = `${holding(text)}; ${stay}`
    const parent = `import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])`
    await using channel = await start(device, 'python3', '-c', parent, child)
    expect(await nextLine(channel)).toBe('up')
    expect(await found(text)).toBe(true)
  })

  test('a process that lets nobody look into it is not taken for one that holds nothing', async () => {
    const closed = `import ctypes; ctypes.CDLL(None).prctl(4, 0)`
    await using channel = await start(device, 'python3', '-c', `${closed}; ${holding('Lp0oKi9j')}; ${stay}`)
    expect(await nextLine(channel)).toBe('up')
    expect(await found('Ou4iWe0yRt8qPz6xVc2bNm1lKj3hGf5d')).toBeNull()
  })

  test('temporary files are seen with their modes, those of the keyring and of the time before are not', async () => {
    const namespace = 'holdfast-test-temporary'
    await device.sweep(namespace)
    await device.sight?.takeFiles()
    const make = `umask 022; echo a > /tmp/${namespace}; mkdir -m 700 $HOME/${namespace}; echo b > $HOME/${namespace}/b; echo up; cat`
    await using channel = await start(device, 'sh', '-c', make)
    expect(await nextLine(channel)).toBe('up')
    await using adapter = await startAdapter(
      device,
      namespace,
      'python3',
      '-B',
      'fixtures/subjects/python-keyring/adapter.py',
    ).then(({ ask, channel }) => ({ ask, [Symbol.asyncDispose]: () => channel.kill() }))
    expect(await adapter.ask({ op: 'put', name: 'a', value: { text: 'v' } })).toEqual({ ok: null })
    const open = (await device.sight?.takeFiles())?.open.map(({ where, mode, when }) => [where, mode, when])
    expect(open).toEqual([
      [`/home/holdfast/${namespace}/b`, 0o644, 'left'],
      [`/tmp/${namespace}`, 0o644, 'left'],
    ])
    await device.sweep(namespace)
    expect((await device.sight?.takeFiles())?.open).toEqual([])
  })
})

describe.skipIf(engine === null).each(['gnome-keyring', 'keepassxc'] as const)('after deletes %s', (provider) => {
  test('leaves no file more in its folder, and no value in any', async () => {
    await using device = await linuxContainer({ provider })
    const namespace = 'holdfast-test-leftovers'
    const values = [1, 2, 3].map((number) => `${number}-Zk3vQp8sXw2rLm6tYb1nHc9dJf5gKa7e`)
    const left = async () => {
      const files = new Map<string, Buffer>()
      for await (const { in: place, where, bytes } of device.traces(namespace))
        if (place === 'file' && !where.startsWith('/run/')) files.set(where, Buffer.from(bytes))
      return files
    }
    await device.restore()
    const { ask, channel } = await startAdapter(
      device,
      namespace,
      'python3',
      '-B',
      'fixtures/subjects/python-keyring/adapter.py',
    )
    // The first item may make a file that stays.
    await ask({ op: 'put', name: 'first', value: { text: 'first' } })
    await ask({ op: 'delete', name: 'first' })
    const before = [...(await left()).keys()].sort()
    expect(before.some((path) => path.startsWith('/home/holdfast/.local/share/'))).toBe(true)
    for (const [index, text] of values.entries()) await ask({ op: 'put', name: `n${index}`, value: { text } })
    for (const index of values.keys()) expect(await ask({ op: 'delete', name: `n${index}` })).toEqual({ ok: null })
    const after = await left()
    expect([...after.keys()].sort()).toEqual(before)
    for (const bytes of after.values()) for (const text of values) expect(bytes.includes(text)).toBe(false)
    await channel.kill()
  }, 600_000)
})
