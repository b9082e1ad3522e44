import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../harness/contract/device.ts'
import { environmentSchema } from '../../harness/contract/environment.ts'
import { onPath } from '../../setup/machine.mjs'
import { nextLine, start, startAdapter } from '../linux/sample-processes.ts'
import { ableWith, patience } from './able.ts'
import { cacheFolder } from './cache-folder.ts'
import { linuxVm } from './device.ts'

describe.skipIf(!ableWith(onPath))('a desktop Linux with a kernel of its own', () => {
  let device: Device
  beforeAll(async () => {
    device = await linuxVm({ onProgress: (step) => console.log(step) })
  }, patience)
  afterAll(async () => {
    await device?.[Symbol.asyncDispose]()
    const left = (await readdir(cacheFolder())).filter((name) => name.startsWith(`run-${process.pid}-`))
    expect(left).toEqual([])
  })

  test(
    'calibration proves reboots and power cuts, and what a container can do',
    async () => {
      const environment = environmentSchema.parse(await device.calibrate())
      const proven = Object.entries(environment.facets).filter(([, state]) => state?.is === 'proven')
      expect(proven.map(([name]) => name).sort()).toEqual([
        'bus-stopped',
        'captured-output',
        'counted-items',
        'disk-filled',
        'file-modes',
        'home-protected',
        'kernel-reboot',
        'keyring-absent',
        'keyring-locks',
        'keyring-present',
        'keyring-restart',
        'keyring-wiped',
        'machine-restart',
        'no-prompter',
        'played-prompter',
        'power-cut',
        'process-death',
        'reachable-files',
        'readable-memory',
        'searched-files',
        'seen-attributes',
        'seen-processes',
        'wrong-password-refused',
      ])
      expect(environment.facets['kernel-keyring-kept']).toMatchObject({ is: 'disproven' })
      expect(environment.software['linux-image']).toMatch(/^\d/)
    },
    patience,
  )

  test(
    'what the reference acknowledged is there after a reboot and a power cut right after it; one in the middle of a write leaves the old value or the new one',
    async () => {
      const reference = () => startAdapter(device, 'holdfast-test-vm', 'node', 'reference/stdio.ts')
      const put = (text: string) => ({ op: 'put', name: 'a', value: { bytes: Buffer.from(text).toString('base64') } })
      // It did not make these values itself, so it tells their digests.
      const digest = (text: string) => createHash('sha256').update(text).digest('hex')
      const read = (text: string) => ({ sha256: digest(text), size: text.length })
      const done = { ok: null }
      await device.restore()
      let { ask, channel } = await reference()
      expect(await ask({ op: 'setUp' })).toEqual(done)
      expect(await ask(put('first'))).toEqual(done)
      expect(await device.apply({ control: 'restart-machine' })).toBe('done')
      expect(await channel.ended).not.toBe('0')
      ;({ ask, channel } = await reference())
      expect(await ask({ op: 'unlock' })).toEqual(done)
      expect(await ask({ op: 'get', name: 'a' })).toEqual({ ok: read('first') })
      expect(await ask(put('second'))).toEqual(done)
      const boot = device.boot()
      expect(await device.apply({ control: 'cut-power', loses: 'all' })).toBe('done')
      expect([await channel.ended, device.boot()]).toEqual(['lost', boot + 1])
      ;({ ask, channel } = await reference())
      expect(await ask({ op: 'unlock' })).toEqual(done)
      expect(await ask({ op: 'get', name: 'a' })).toEqual({ ok: read('second') })
      let acknowledged = false
      const writing = ask(put('third')).then(
        () => {
          acknowledged = true
        },
        () => {},
      )
      expect(await device.apply({ control: 'cut-power', loses: 'all' })).toBe('done')
      await writing
      ;({ ask, channel } = await reference())
      expect(await ask({ op: 'unlock' })).toEqual(done)
      const seen = (await ask({ op: 'get', name: 'a' })) as { ok?: { sha256?: string } }
      const possible = acknowledged ? ['third'] : ['second', 'third']
      expect(possible.map(digest)).toContain(seen.ok?.sha256)
      await channel.kill()
    },
    patience,
  )

  test(
    'a log-out ends all that runs, and the kernel goes on',
    async () => {
      const id = async () => {
        await using channel = await start(device, 'cat', '/proc/sys/kernel/random/boot_id')
        return await nextLine(channel)
      }
      await using channel = await start(device, 'cat')
      const before = await id()
      expect(await device.apply({ control: 'restart-machine', reach: 'session' })).toBe('done')
      expect([await channel.ended, await id()]).toEqual(['SIGTERM', before])
    },
    patience,
  )

  test(
    'a flood is held up and can be killed, and a command that is not there says so',
    async () => {
      await using flood = await start(device, 'yes')
      expect(await nextLine(flood)).toBe('y')
      await flood.kill()
      expect(await flood.ended).toBe('SIGKILL')
      await using nothing = await start(device, 'no-such-adapter')
      expect(await nothing.ended).toBe('127')
      expect(nothing.takeErrors()).toContain('no-such-adapter')
    },
    patience,
  )

  test(
    "the clock can be set on, and a key of the kernel's persistent keyring is then gone, as after three idle days",
    async () => {
      const search = 'keyctl get_persistent @s >/dev/null; keyctl search @s user holdfast-idle >/dev/null 2>&1; echo $?'
      const add = 'r=$(keyctl get_persistent @s); keyctl add user holdfast-idle x "$r" >/dev/null; echo $?'
      const run = async (script: string) => {
        await using channel = await start(device, 'keyctl', 'session', '-', 'sh', '-c', script)
        // Awaited here: leaving the block kills the process before it has said anything.
        return await nextLine(channel)
      }
      expect([await run(add), await run(search)]).toEqual(['0', '0'])
      // Expired keys stay for five minutes more: /proc/sys/kernel/keys/gc_delay.
      expect(await device.apply({ control: 'advance-clock', by: 3 * 86_400_000 + 600_000 })).toBe('done')
      expect(await run(search)).toBe('1')
    },
    patience,
  )
})
