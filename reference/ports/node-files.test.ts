import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import extensions from 'fs-native-extensions'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HeldLock } from '../../harness/contract/platforms/desktop.ts'
import { nodeFiles } from './node-files.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-files-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(root, { recursive: true, force: true })
})
const onPosix = test.runIf(process.platform !== 'win32')

onPosix('a file is the owner’s alone from birth, before its mode is set', async () => {
  const probe = await open(join(root, 'probe'), 'w')
  const handles = Object.getPrototypeOf(probe) as FileHandle
  await probe.close()
  const modes: number[] = []
  // In place of setting the mode: what it is without that.
  vi.spyOn(handles, 'chmod').mockImplementation(async function (this: FileHandle) {
    modes.push((await this.stat()).mode & 0o777)
  })
  const files = nodeFiles(join(root, 'vault'))
  await files.write('a', new Uint8Array(1))
  const held = await files.lock('lock')
  expect(modes).toEqual([0o600])
  expect(statSync(join(root, 'vault', 'lock')).mode & 0o777).toBe(0o600)
  expect(statSync(join(root, 'vault')).mode & 0o777).toBe(0o700)
  await held?.release()
})

test('a lock has one holder among all that opened the folder; its file goes with it', async () => {
  const [one, other] = [nodeFiles(join(root, 'vault')), nodeFiles(join(root, 'vault'))]
  const held = await one.lock('lock')
  const order: string[] = []
  const waiting = other.lock('lock').then((lock) => {
    order.push('taken')
    return lock
  })
  order.push('released')
  await held?.release()
  const taken = await waiting
  expect(order).toEqual(['released', 'taken'])
  expect(readdirSync(join(root, 'vault'))).toEqual(['lock'])
  await taken?.release()
  expect(readdirSync(join(root, 'vault'))).toEqual([])
})

test('a lock of a file that its holder removed meanwhile is none', async () => {
  const path = join(root, 'vault', 'lock')
  // Between the opening and the locking of the file, the one who held it lets go.
  const tryLock = vi.spyOn(extensions, 'tryLock').mockImplementationOnce(() => {
    rmSync(path)
    return true
  })
  const held = await nodeFiles(join(root, 'vault')).lock('lock')
  expect([held !== null, tryLock.mock.calls.length, existsSync(path)]).toEqual([true, 2, true])
  await held?.release()
})

test('of many that want a lock at once each gets it alone', async () => {
  let inside = 0
  let most = 0
  let times = 0
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      const files = nodeFiles(join(root, 'vault'))
      for (let n = 0; n < 5; n++) {
        const held: HeldLock | null = await files.lock('lock')
        expect(held).not.toBeNull()
        most = Math.max(most, ++inside)
        await files.write('a', new Uint8Array(1))
        inside--
        times++
        await held?.release()
      }
    }),
  )
  expect([most, times]).toEqual([1, 40])
})

test('the lock of a process that was killed is free, though its file is there', { timeout: 30_000 }, async () => {
  const script = `
    import { nodeFiles } from ${JSON.stringify(new URL('./node-files.ts', import.meta.url).href)}
    await nodeFiles(process.argv[1]).lock('lock')
    console.log('held')
    setInterval(() => {}, 1000)
  `
  const at = join(root, 'vault')
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, at], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  let killed = false
  const waiting = nodeFiles(at)
    .lock('lock')
    .then((held) => ({ held, killed }))
  await nodeFiles(at).list()
  killed = child.kill('SIGKILL')
  await once(child, 'exit')
  expect(existsSync(join(at, 'lock'))).toBe(true)
  const taken = await waiting
  expect([taken.held !== null, taken.killed]).toEqual([true, true])
  await taken.held?.release()
  expect(readdirSync(at)).toEqual([])
})
