import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../harness/contract/device.ts'
import { environmentSchema } from '../../harness/contract/environment.ts'
import { linuxContainer } from './device.ts'
import { connectEngine, type Engine, NoEngine } from './engine.ts'
import { linuxImage } from './image.ts'
import { nextLine, start, startAdapter } from './sample-processes.ts'

const engine = await connectEngine().catch((error: unknown) => {
  if (!(error instanceof NoEngine)) throw error
  console.warn(`SKIPPED: the device linux-container was not tested here. ${error.message}`)
  return null
})

const ourContainers = async (of: Engine) => of.listContainers({ all: true, filters: { label: [`holdfast.run`] } })

describe.skipIf(engine === null)('a desktop Linux in a container', () => {
  let device: Device
  beforeAll(async () => {
    device = await linuxContainer({ onProgress: (step) => console.log(step) })
  }, 600_000)
  afterAll(async () => device?.[Symbol.asyncDispose]())

  test('calibration proves what a container can do, and no more', async () => {
    const environment = environmentSchema.parse(await device.calibrate())
    const proven = Object.entries(environment.facets).filter(([, state]) => state.is === 'proven')
    expect(proven.map(([name]) => name).sort()).toEqual([
      'bus-stopped',
      'captured-output',
      'counted-items',
      'file-modes',
      'home-protected',
      'keyring-absent',
      'keyring-locks',
      'keyring-present',
      'keyring-restart',
      'keyring-wiped',
      'machine-restart',
      'no-prompter',
      'played-prompter',
      'process-death',
      'reachable-files',
      'readable-memory',
      'searched-files',
      'seen-attributes',
      'seen-processes',
      'wrong-password-refused',
    ])
    expect(environment.software['gnome-keyring']).toMatch(/^\d/)
  }, 30_000)

  test('it starts without a keyring, or with a locked one, where that is asked for', async () => {
    const read =
      "import keyring\ntry: print(keyring.get_password('holdfast', 'a'))\nexcept Exception as e: print(type(e).__name__)"
    const seen = async () => {
      await using channel = await start(device, 'python3', '-c', read)
      // Awaited here: leaving the block kills the process before it has said anything.
      return await nextLine(channel)
    }
    expect(await device.apply({ control: 'restart-machine', keyring: 'absent' })).toBe('done')
    expect(await device.apply({ control: 'lock-keyring' })).toBe('skipped')
    expect(await device.apply({ control: 'start-keyring' })).toBe('done')
    expect(await seen()).toBe('None')
    expect(await device.apply({ control: 'restart-machine', keyring: 'locked' })).toBe('done')
    expect(await seen()).toBe('KeyringLocked')
    expect(await device.apply({ control: 'unlock-keyring' })).toBe('done')
    expect(await seen()).toBe('None')
  }, 30_000)

  test('a process runs as nobody special, with node, the project and the session bus', async () => {
    const script = 'console.log(process.getuid() !== 0, process.cwd(), process.env.DBUS_SESSION_BUS_ADDRESS)'
    await using channel = await start(device, 'node', '-e', script)
    expect(await nextLine(channel)).toBe('true /holdfast unix:path=/run/holdfast/user/bus')
    expect(await channel.ended).toBe('0')
  })

  test('killing it kills its children too', async () => {
    await using channel = await start(device, 'sh', '-c', 'setsid sh -c "sleep 1000 & echo up; wait" & cat')
    await nextLine(channel)
    await channel.kill()
    expect(await channel.ended).toBe('SIGKILL')
    // One that is dead and only waits to be reaped counts as gone.
    const living =
      'for p in /proc/[0-9]*; do grep -qs sleep $p/comm && ! grep -qs "State:.Z" $p/status && echo $p; done'
    await using look = await start(device, 'sh', '-c', `${living}; echo looked`)
    expect(await nextLine(look)).toBe('looked')
  })

  test('a command that is not there says so', async () => {
    await using channel = await start(device, 'no-such-adapter')
    expect(await channel.ended).toBe('127')
    expect(channel.takeErrors()).toContain('no-such-adapter')
    expect(() => channel.send('{}')).toThrow('has ended')
  })

  test('a flood is held up and can still be killed', async () => {
    await using channel = await start(device, 'yes')
    expect(await nextLine(channel)).toBe('y')
    await channel.kill()
    expect(await channel.ended).toBe('SIGKILL')
  })

  const python = async (script: string): Promise<string> => {
    await using channel = await start(device, 'python3', '-c', `import keyring\n${script}`)
    return await nextLine(channel)
  }
  const read = "print(keyring.get_password('holdfast-c', 'a'))"
  const caught = (call: string) => `try:\n  ${call}\n  print('done')\nexcept Exception as e: print(type(e).__name__)`
  const put = caught("keyring.set_password('holdfast-c', 'a', 'v')")

  test('a wrong password leaves the keyring locked, and the right one opens it', async () => {
    await device.restore()
    expect(await device.apply({ control: 'try-wrong-password' })).toBe('skipped')
    expect(await python(put)).toBe('done')
    await device.apply({ control: 'lock-keyring' })
    expect(await device.apply({ control: 'try-wrong-password' })).toBe('done')
    expect(await python(caught(read))).toBe('KeyringLocked')
    await device.apply({ control: 'unlock-keyring' })
    expect(await python(read)).toBe('v')
  }, 20_000)

  test('a person dismisses a prompt, or leaves it: then a client that waits is still waiting', async () => {
    await device.restore()
    await device.apply({ control: 'set-prompter', answers: 'dismisses' })
    await device.apply({ control: 'lock-keyring' })
    expect(await python(caught(read))).toBe('KeyringLocked')
    await device.apply({ control: 'set-prompter', answers: 'never' })
    await using waiting = await start(device, 'timeout', '1', 'python3', '-c', `import keyring\n${read}`)
    // The status of what timeout had to end.
    expect(await waiting.ended).toBe('124')
    await device.restore()
    expect(await python(put)).toBe('done')
  }, 20_000)

  test('a home that is read-only takes no new item, and gives the old ones; afterwards it takes them again', async () => {
    await device.restore()
    expect(await python(put)).toBe('done')
    expect(await device.apply({ control: 'protect-home', writes: 'refused' })).toBe('done')
    expect(await python(caught("keyring.set_password('holdfast-c', 'b', 'v')"))).not.toBe('done')
    expect(await python(read)).toBe('v')
    expect(await device.apply({ control: 'protect-home', writes: 'allowed' })).toBe('done')
    expect(await python(put)).toBe('done')
  }, 20_000)

  test('without a bus nothing of the keyring can be seen or done, until the machine is restarted', async () => {
    await device.restore()
    const boot = device.boot()
    expect(await device.apply({ control: 'stop-bus' })).toBe('done')
    expect(await python(caught(read))).toBe('NoKeyringError')
    expect(await device.apply({ control: 'lock-keyring' })).toBe('skipped')
    expect(await device.footprint('holdfast-c')).toBeNull()
    await device.restore()
    expect(device.boot()).toBe(boot + 1)
    expect(await python(put)).toBe('done')
    await device.sweep('holdfast-c')
  }, 20_000)

  test('a daemon that is asked to end keeps its items too', async () => {
    await device.restore()
    expect(await python(put)).toBe('done')
    expect(await device.apply({ control: 'restart-keyring', daemon: 'asked' })).toBe('done')
    expect(await python(read)).toBe('v')
    await device.sweep('holdfast-c')
  }, 20_000)

  test('a log-out ends all that runs and the session with it, and the disk is there after the next login', async () => {
    await device.restore()
    expect(await python(put)).toBe('done')
    await using channel = await start(device, 'cat')
    const boot = device.boot()
    expect(await device.apply({ control: 'restart-machine', reach: 'session' })).toBe('done')
    expect([await channel.ended, device.boot()]).toEqual(['SIGTERM', boot])
    expect(await python(read)).toBe('v')
    await device.sweep('holdfast-c')
  }, 20_000)

  test('controls that have no meaning now are skipped', async () => {
    await device.restore()
    expect(await device.apply({ control: 'start-keyring' })).toBe('skipped')
    expect(await device.apply({ control: 'stop-keyring' })).toBe('done')
    expect(await device.apply({ control: 'lock-keyring' })).toBe('skipped')
    expect(await device.footprint('any')).toBeNull()
    await device.restore()
    expect(await device.footprint('any')).toMatchObject({ items: 0 })
  })

  test('a machine that was stopped from outside comes back at the next restoring', async () => {
    if (engine === null) throw new Error('there is an engine')
    const boot = device.boot()
    await using channel = await start(device, 'cat')
    const ours = (await ourContainers(engine)).filter((one) =>
      one.Labels['holdfast.run']?.startsWith(`${process.pid}/`),
    )
    await Promise.all(ours.map((one) => engine.getContainer(one.Id).kill()))
    await channel.ended
    await device.restore()
    expect(device.boot()).toBe(boot + 1)
  }, 20_000)

  test('python3-keyring answers over its adapter, also locked, absent and after a restart', async () => {
    const namespace = 'holdfast-test-python'
    await device.restore()
    const python = () => startAdapter(device, namespace, 'python3', 'fixtures/subjects/python-keyring/adapter.py')
    let { ask, channel } = await python()
    const get = { op: 'get', name: 'a' }
    const kept = { ok: { text: ' secret\n' } }
    expect(await ask(get)).toMatchObject({ native: { type: null } })
    expect(await ask({ op: 'list' })).toMatchObject({ fail: { code: 'unsupported' } })
    expect(await ask({ op: 'put', name: 'a', value: { text: ' secret\n' } })).toEqual({ ok: null })
    expect(await ask(get)).toEqual(kept)
    expect(await device.footprint(namespace)).toMatchObject({ items: 1 })
    await device.apply({ control: 'lock-keyring' })
    expect(await ask(get)).toMatchObject({ native: { type: 'keyring.errors.KeyringLocked' } })
    await device.apply({ control: 'unlock-keyring' })
    expect(await ask(get)).toEqual(kept)
    await device.apply({ control: 'stop-keyring' })
    expect(await ask(get)).toMatchObject({ native: { type: 'keyring.errors.InitError' } })
    await device.apply({ control: 'start-keyring' })
    expect(await ask(get)).toEqual(kept)
    await device.apply({ control: 'restart-machine' })
    expect(await channel.ended).not.toBe('0')
    ;({ ask, channel } = await python())
    expect(await ask(get)).toEqual(kept)
    expect(await ask({ op: 'delete', name: 'a' })).toEqual({ ok: null })
    expect(await ask({ op: 'delete', name: 'a' })).toMatchObject({
      native: { type: 'keyring.errors.PasswordDeleteError' },
    })
    await channel.kill()
    await device.sweep(namespace)
    expect(await device.footprint(namespace)).toMatchObject({ items: 0 })
  }, 30_000)
})

test.skipIf(engine === null)(
  'a vault may bring an image of its own, and one that is not there is told',
  async () => {
    if (engine === null) throw new Error('there is an engine')
    const image = await linuxImage(engine, 'gnome-keyring')
    await using device = await linuxContainer({ image })
    await using channel = await start(device, 'python3', '-c', 'import keyring; print(keyring.get_keyring().priority)')
    expect(await nextLine(channel)).toBe('5')
    await expect(linuxContainer({ image: 'localhost:1/holdfast/no-such-image' })).rejects.toThrow('cannot be pulled')
  },
  600_000,
)

test.skipIf(engine === null)(
  'its container is gone after use, on every path',
  async () => {
    if (engine === null) throw new Error('there is an engine')
    const mine = async () =>
      (await ourContainers(engine)).filter((one) => one.Labels['holdfast.run']?.startsWith(`${process.pid}/`)).length
    const before = await mine()
    const used = async () => {
      await using _device = await linuxContainer()
      expect(await mine()).toBe(before + 1)
      throw new Error('something else failed')
    }
    await expect(used()).rejects.toThrow('something else failed')
    expect(await mine()).toBe(before)
    await expect(linuxContainer({ project: import.meta.dirname })).rejects.toThrow('no package.json')
    expect(await mine()).toBe(before)
  },
  600_000,
)
