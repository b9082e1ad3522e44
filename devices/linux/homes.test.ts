import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { linuxContainer } from './device.ts'
import { connectEngine, NoEngine } from './engine.ts'
import { nextLine, start } from './sample-processes.ts'

const engine = await connectEngine().catch((error: unknown) => {
  if (!(error instanceof NoEngine)) throw error
  console.warn(`SKIPPED: homes of containers were not tested here. ${error.message}`)
  return null
})

test.skipIf(engine === null)(
  'a container that is replaced keeps the home on its volume, which goes with the device',
  async () => {
    if (engine === null) throw new Error('there is an engine')
    const volumes = async () => {
      const { Volumes } = await engine.listVolumes({ filters: { label: [`holdfast.run`] } })
      return (Volumes ?? []).filter(({ Labels }) => Labels?.['holdfast.run']?.startsWith(`${process.pid}/`)).length
    }
    const used = async () => {
      await using device = await linuxContainer({ replaced: true })
      expect(await volumes()).toBe(1)
      const run = async (script: string) => {
        await using channel = await start(device, 'sh', '-c', script)
        return await nextLine(channel)
      }
      const before = await run(
        'echo kept > "$HOME/holdfast-kept"; echo gone > /var/tmp/holdfast-gone; cat /etc/hostname',
      )
      expect(await device.apply({ control: 'restart-machine' })).toBe('done')
      expect(await run('cat "$HOME/holdfast-kept"')).toBe('kept')
      expect(await run('cat /var/tmp/holdfast-gone 2>/dev/null || echo none')).toBe('none')
      expect(await run('cat /etc/hostname')).not.toBe(before)
    }
    await used()
    expect(await volumes()).toBe(0)
  },
  600_000,
)

const root = process.getuid?.() === 0
if (!root) console.warn('SKIPPED: a disk of its own for a container was not tested here, which takes root.')
test.skipIf(engine === null || !root)(
  'a disk that is cut off keeps what was synced and loses what was not; one that is full takes nothing; it goes with the device',
  async () => {
    const folders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('holdfast-disk-'))
    const before = await folders()
    const used = async () => {
      await using device = await linuxContainer({ disk: true })
      const run = async (script: string) => {
        await using channel = await start(device, 'sh', '-c', script)
        return await nextLine(channel)
      }
      expect(await run('cd "$HOME"; echo x > synced; sync synced .; echo x > not-synced; cat not-synced')).toBe('x')
      expect(await device.apply({ control: 'cut-power', loses: 'all' })).toBe('done')
      expect(await run('cd "$HOME"; cat synced; echo')).toBe('x')
      expect(await run('cd "$HOME"; [ -s not-synced ] && echo kept || echo gone')).toBe('gone')
      expect(await device.apply({ control: 'cut-power', loses: 'contents' })).toBe('skipped')
      const write =
        'cd "$HOME"; head -c 4096 /dev/zero > more 2>/dev/null && sync more && echo room || echo full; rm -f more'
      expect(await device.apply({ control: 'fill-disk', room: 'none' })).toBe('done')
      expect(await run(write)).toBe('full')
      expect(await device.apply({ control: 'fill-disk', room: 'back' })).toBe('done')
      expect(await run(write)).toBe('room')
    }
    await used()
    expect(await folders()).toEqual(before)
  },
  600_000,
)
