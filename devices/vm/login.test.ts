import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../harness/contract/device.ts'
import { environmentSchema } from '../../harness/contract/environment.ts'
import { onPath } from '../../setup/machine.mjs'
import { nextLine, start } from '../linux/sample-processes.ts'
import { ableWith, patience } from './able.ts'
import { linuxVm } from './device.ts'

describe.skipIf(!ableWith(onPath))('a machine with systemd, where somebody logs in by PAM', () => {
  let device: Device
  beforeAll(async () => {
    device = await linuxVm({ start: 'systemd', onProgress: (step) => console.log(step) })
  }, patience)
  afterAll(() => device?.[Symbol.asyncDispose]())

  /** The first line that a script prints in the session. */
  const said = async (script: string) => {
    await using channel = await start(device, 'sh', '-c', script)
    return await nextLine(channel)
  }

  test(
    'a log-out ends the session keyring, and the login after it opens the keyring that was locked',
    async () => {
      const search = 'keyctl search @s user holdfast-session >/dev/null 2>&1; echo $?'
      const boot = await said('cat /proc/sys/kernel/random/boot_id')
      expect(await said('keyctl add user holdfast-session x @s >/dev/null; echo $?')).toBe('0')
      expect(await said(search)).toBe('0')
      expect(await said('printf kept | secret-tool store --label holdfast holdfast login; echo $?')).toBe('0')
      const session = await said('echo "$XDG_SESSION_ID"')
      await using channel = await start(device, 'cat')
      expect(await device.apply({ control: 'lock-keyring' })).toBe('done')
      expect(await device.apply({ control: 'restart-machine', reach: 'session' })).toBe('done')
      // Nobody has given the keyring a password but the one who typed it at the login.
      expect(await said('secret-tool lookup holdfast login; echo')).toBe('kept')
      expect(await said(search)).toBe('1')
      expect(await said('cat /proc/sys/kernel/random/boot_id')).toBe(boot)
      expect(await said('echo "$XDG_SESSION_ID"')).not.toBe(session)
      expect(await channel.ended).not.toBe('0')
    },
    patience,
  )

  test(
    'calibration proves that the login opens the keyring, and says what a bus of systemd does not allow',
    async () => {
      const environment = environmentSchema.parse(await device.calibrate())
      const proven = Object.entries(environment.facets).filter(([, state]) => state?.is === 'proven')
      expect(proven.map(([name]) => name).sort()).toEqual([
        'captured-output',
        'counted-items',
        'disk-filled',
        'file-modes',
        'home-protected',
        'kernel-reboot',
        'keyring-locks',
        'keyring-present',
        'keyring-restart',
        'keyring-wiped',
        'login-opens-keyring',
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
      expect(environment.facets['keyring-absent']).toMatchObject({
        is: 'unproven',
        why: expect.stringContaining('systemd starts this keyring whenever it is called'),
      })
      expect([...device.controls]).not.toContain('stop-keyring')
    },
    patience,
  )
})
