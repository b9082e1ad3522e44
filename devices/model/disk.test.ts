import { beforeEach, expect, test } from 'vitest'
import { FilesError } from '../../harness/contract/platforms/desktop.ts'
import { createSeam } from '../simulation/seam.ts'
import { settling } from '../simulation/settling.ts'
import { createDisk } from './disk.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (seen: Uint8Array | null) => (seen === null ? null : new TextDecoder().decode(seen))

let disk = createDisk(createSeam())
let files = disk.folder('vault')
const read = async (path: string) => text(await files.read(path))
/** Content and name both on the disk. */
const settled = async (path: string, content: string) => {
  await files.write(path, bytes(content))
  await files.sync(path)
  await files.syncDirectory()
}
beforeEach(() => {
  disk = createDisk(createSeam())
  files = disk.folder('vault')
})

test('what is written is seen at once, by its own bytes', async () => {
  const given = bytes('one')
  await files.write('a', given)
  given.fill(0)
  expect(await read('a')).toBe('one')
  ;(await files.read('a'))?.fill(0)
  expect(await read('a')).toBe('one')
  expect(await files.read('b')).toBeNull()
  expect(await files.list()).toEqual(['a'])
})

test('rename replaces, remove of nothing is no failure, sync and rename of nothing are', async () => {
  await files.write('a', bytes('one'))
  await files.write('b', bytes('two'))
  await files.rename('a', 'b')
  expect(await read('b')).toBe('one')
  expect(await files.list()).toEqual(['b'])
  await files.remove('none')
  await expect(files.sync('none')).rejects.toThrow(FilesError)
  await expect(files.rename('none', 'b')).rejects.toThrow("cannot rename 'none'")
  expect(await read('b')).toBe('one')
})

test.each(['all', 'contents'] as const)(
  'synced content under a synced name survives a cut (loses %s)',
  async (loses) => {
    await settled('a', 'one')
    disk.cutPower(loses)
    expect(await read('a')).toBe('one')
  },
)

test('an unsynced overwrite: old content, or an empty file', async () => {
  await settled('a', 'old')
  await files.write('a', bytes('new'))
  disk.cutPower('all')
  expect(await read('a')).toBe('old')
  await files.write('a', bytes('new'))
  disk.cutPower('contents')
  expect(await read('a')).toBe('')
})

test('an unsynced creation: gone, or an empty file', async () => {
  await files.write('a', bytes('new'))
  disk.cutPower('all')
  expect(await files.list()).toEqual([])
  await files.write('a', bytes('new'))
  disk.cutPower('contents')
  expect(await read('a')).toBe('')
})

test('synced content without a synced name: gone, or kept', async () => {
  await files.write('a', bytes('new'))
  await files.sync('a')
  disk.cutPower('contents')
  expect(await read('a')).toBe('new')
  await files.write('b', bytes('new'))
  await files.sync('b')
  disk.cutPower('all')
  expect(await files.list()).toEqual(['a'])
})

test('a synced name without synced content is an empty file', async () => {
  await files.write('a', bytes('new'))
  await files.syncDirectory()
  disk.cutPower('all')
  expect(await read('a')).toBe('')
})

test('an unsynced rename over a file: undone, or done', async () => {
  await settled('a', 'old')
  await files.write('draft', bytes('new'))
  await files.sync('draft')
  await files.rename('draft', 'a')
  disk.cutPower('all')
  expect(await files.list()).toEqual(['a'])
  expect(await read('a')).toBe('old')
  await files.write('draft', bytes('new'))
  await files.sync('draft')
  await files.rename('draft', 'a')
  disk.cutPower('contents')
  expect(await files.list()).toEqual(['a'])
  expect(await read('a')).toBe('new')
})

test('an unsynced removal: undone, or done', async () => {
  await settled('a', 'old')
  await files.remove('a')
  disk.cutPower('all')
  expect(await read('a')).toBe('old')
  await files.remove('a')
  disk.cutPower('contents')
  expect(await read('a')).toBeNull()
})

test('write, sync, rename, sync of the folder survives every cut', async () => {
  await settled('a', 'old')
  await files.write('draft', bytes('new'))
  await files.sync('draft')
  await files.rename('draft', 'a')
  await files.syncDirectory()
  disk.cutPower('all')
  expect(await read('a')).toBe('new')
  disk.cutPower('contents')
  expect(await read('a')).toBe('new')
})

test('a machine that stops in good order loses nothing, even at a later cut', async () => {
  await settled('a', 'old')
  await files.write('a', bytes('new'))
  await files.write('b', bytes('two'))
  disk.flush()
  disk.cutPower('all')
  expect(await read('a')).toBe('new')
  expect(await read('b')).toBe('two')
})

test('a lock has one holder, and is a file while it has', async () => {
  const held = await files.lock('lock')
  expect(await files.lock('lock')).toBeNull()
  expect(await disk.folder('other').lock('lock')).not.toBeNull()
  expect(await files.list()).toEqual(['lock'])
  await held?.release()
  expect(await files.list()).toEqual([])
  const again = await files.lock('lock')
  await held?.release()
  expect(await files.lock('lock')).toBeNull()
  await again?.release()
  expect(await files.lock('lock')).not.toBeNull()
})

test('whoever has patience gets a lock in the order of asking, or nothing once it is over', async () => {
  const over: (() => void)[] = []
  const folder = createDisk(createSeam(), (end) => {
    over.push(end)
    return () => over.splice(over.indexOf(end), 1)
  }).folder('vault')
  const first = await folder.lock('lock')
  const turns: string[] = []
  const asking = ['second', 'third', 'fourth'].map(async (name) => {
    const held = await folder.lock('lock')
    turns.push(held === null ? `${name} gave up` : name)
    return held
  })
  await settling(Promise.resolve())
  expect([turns, over.length]).toEqual([[], 3])
  over[1]?.()
  await first?.release()
  const second = await asking[0]
  await settling(Promise.resolve())
  expect(turns.sort()).toEqual(['second', 'third gave up'])
  expect(await folder.list()).toEqual(['lock'])
  await second?.release()
  await (await asking[2])?.release()
  expect([turns, await folder.list()]).toEqual([['second', 'third gave up', 'fourth'], []])
})

test.each(['kill', 'all', 'contents'] as const)('a lock goes with its process, its file may stay (%s)', async (how) => {
  const seam = createSeam()
  disk = createDisk(seam)
  files = disk.folder('vault')
  await files.lock('lock')
  await files.syncDirectory()
  seam.drop()
  if (how !== 'kill') disk.cutPower(how)
  expect(await files.list()).toEqual(['lock'])
  const held = await files.lock('lock')
  expect(await files.lock('lock')).toBeNull()
  await held?.release()
  expect(await files.list()).toEqual([])
})

test('folders are apart, and are removed one by one', async () => {
  await files.write('a', bytes('one'))
  await disk.folder('other').write('a', bytes('two'))
  disk.remove('other')
  expect([...disk.contents('other')]).toEqual([])
  expect([...disk.contents('vault')]).toEqual([['a', bytes('one')]])
  disk.clear()
  expect(await files.list()).toEqual([])
})
