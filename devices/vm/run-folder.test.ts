import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isOver, isUnderWay, makeRunFolder, sweepRunFolders } from './run-folder.ts'

test('the folder of a run is over when its process is, and what is not a run’s never is', () => {
  const name = 'run-7-abcd1234-99-xYz012'
  expect(isOver(name, (pid, since) => pid === 7 && since === 'abcd1234-99')).toBe(false)
  expect(isOver(name, () => false)).toBe(true)
  expect(isOver('image-0123456789ab', () => false)).toBe(false)
  expect(isOver('run-of-somebody', () => false)).toBe(false)
})

test('a sweep takes what a killed run left, and leaves ours and the images', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'holdfast-sweep-'))
  try {
    const ours = await makeRunFolder(cache)
    // No process of this number began then.
    await mkdir(join(cache, `run-${process.pid}-00000000-1-abcdef`))
    await mkdir(join(cache, 'image-0123456789ab'))
    await sweepRunFolders(cache)
    const left = (await readdir(cache)).sort()
    expect(left).toEqual(['image-0123456789ab', ours.slice(cache.length + 1)])
    expect(left.map(isUnderWay)).toEqual([false, true])
  } finally {
    await rm(cache, { recursive: true, force: true })
  }
})
