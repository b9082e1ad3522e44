import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeRunFolder } from '../../devices/vm/run-folder.ts'
import { holdfast } from './dispatch.ts'
import { fakeShell } from './fake-shell.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-cache-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = async (...args: readonly string[]) => {
  const shell = fakeShell(folder)
  const exit = await holdfast(['cache', ...args], {
    ...shell,
    env: { ...shell.env, HOLDFAST_CACHE: join(folder, 'vm') },
  })
  return { exit, out: shell.said.out(), err: shell.said.err() }
}

test('the cache is shown with what it takes on the disk, and removed where that is asked for', async () => {
  expect(await run()).toMatchObject({ exit: 0, out: `Nothing is kept in ${join(folder, 'vm')}.\n` })
  mkdirSync(join(folder, 'vm', 'image-0123456789ab'), { recursive: true })
  writeFileSync(join(folder, 'vm', 'image-0123456789ab', 'disk'), Buffer.alloc(3 * 1024 * 1024, 1))
  const shown = await run()
  expect(shown.out).toContain('3 MiB  image-0123456789ab\n')
  expect(shown.out).toContain(`3 MiB in ${join(folder, 'vm')}; holdfast cache --clear removes it.`)
  expect((await run('--clear')).exit).toBe(0)
  expect(existsSync(join(folder, 'vm'))).toBe(false)
})

test('nothing is removed from under a machine that runs', async () => {
  const used = await makeRunFolder(join(folder, 'vm'))
  const said = await run('--clear')
  expect(said.exit).toBe(3)
  expect(said.err).toContain('a virtual machine runs from there')
  expect(existsSync(used)).toBe(true)
})
