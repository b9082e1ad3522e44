import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../harness/contract/device.ts'
import { linuxContainer } from './device.ts'
import { connectEngine, NoEngine } from './engine.ts'

const engine = await connectEngine().catch((error: unknown) => {
  if (!(error instanceof NoEngine)) throw error
  console.warn(`SKIPPED: the device linux-keepassxc was not tested here. ${error.message}`)
  return null
})

/** KeePassXC answers before it has written its file: killed at once, it loses what it acknowledged. */
const storedOnDisk = `
import os, time
file = os.environ["HOME"] + "/.local/share/keepassxc/login.kdbx"
before = os.stat(file).st_mtime_ns
keyring.set_password("holdfast-kp", "a", "kept")
while os.stat(file).st_mtime_ns == before: time.sleep(0.005)
print("stored")`

describe.skipIf(engine === null)('a container with KeePassXC', () => {
  let device: Device
  beforeAll(async () => {
    device = await linuxContainer({ provider: 'keepassxc', onProgress: (step) => console.log(step) })
  }, 600_000)
  afterAll(async () => device?.[Symbol.asyncDispose]())

  const run = async (script: string): Promise<string> => {
    const channel = await device.channel?.(['python3', '-c', `import keyring\n${script}`], {})
    if (channel === undefined) throw new Error('the device starts no processes')
    await using _ended = channel
    for await (const line of channel.lines) return line
    throw new Error(`ended: ${await channel.ended} ${channel.takeErrors()}`)
  }

  test('calibration proves that it stores, locks, restarts and goes away, and that a prompt of its waits for somebody', async () => {
    const { device: name, facets, software } = await device.calibrate()
    expect(name).toBe('linux-keepassxc')
    expect(software.keepassxc).toMatch(/^2\./)
    for (const facet of [
      'keyring-present',
      'keyring-locks',
      'keyring-restart',
      'keyring-absent',
      'keyring-wiped',
    ] as const)
      expect(facets[facet]).toMatchObject({ is: 'proven' })
    expect(facets['no-prompter']).toMatchObject({ is: 'disproven' })
  }, 60_000)

  test('an item of another program is kept over the end of the daemon and of the machine', async () => {
    await device.restore()
    expect(await run(storedOnDisk)).toBe('stored')
    const read = "print(keyring.get_password('holdfast-kp', 'a'))"
    expect(await device.apply({ control: 'restart-keyring' })).toBe('done')
    expect(await run(read)).toBe('kept')
    expect(await device.apply({ control: 'restart-machine' })).toBe('done')
    expect(await run(read)).toBe('kept')
    expect(await device.apply({ control: 'lock-keyring' })).toBe('done')
    expect(await device.apply({ control: 'unlock-keyring' })).toBe('done')
    expect(await run(read)).toBe('kept')
    await device.sweep('holdfast-kp')
    expect(await device.footprint('holdfast-kp')).toMatchObject({ items: 0 })
  }, 60_000)
})
