import { on } from 'node:events'
import { watch } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FileWatch, watchFiles } from './file-watch.ts'

const hasModes = process.platform !== 'win32'
if (!hasModes) console.warn('SKIPPED: files have no permission bits on Windows')

let folder = ''
let files: FileWatch
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-modes-'))
  files = watchFiles(folder)
})
afterEach(async () => {
  files[Symbol.dispose]()
  await rm(folder, { recursive: true, force: true })
})

describe.skipIf(!hasModes)('a watch on files', () => {
  it('tells who may use what is left, at any depth, and begins anew', async () => {
    await mkdir(join(folder, 'inside'))
    await writeFile(join(folder, 'inside', 'open'), '')
    await chmod(join(folder, 'inside', 'open'), 0o640)
    await writeFile(join(folder, 'own'), '', { mode: 0o600 })
    const open = [{ where: join('inside', 'open'), mode: 0o640, when: 'left' }]
    expect(files.take()).toEqual({ files: 2, open })
    await rm(join(folder, 'inside'), { recursive: true })
    expect(files.take()).toEqual({ files: 1, open: [] })
  })
  it('remembers who could use a file before its mode was set, though it is gone', async () => {
    // Hears of each after the watch, which was there before it. A folder is heard of once: what came before it is told then.
    const heard = watch(folder)
    const heardOf = async (name: string) => {
      const all = on(heard, 'change')
      await mkdir(join(folder, name))
      for await (const [, told] of all) if (told === name) return
    }
    try {
      await writeFile(join(folder, 'late'), '')
      await chmod(join(folder, 'late'), 0o644)
      await heardOf('born')
      await chmod(join(folder, 'late'), 0o600)
      await heardOf('closed')
      expect(files.take()).toMatchObject({ files: 1, open: [{ where: 'late', when: 'born' }] })
      await rm(join(folder, 'late'))
      await heardOf('gone')
      expect(files.take()).toEqual({ files: 0, open: [] })
    } finally {
      heard.close()
    }
  })
})
