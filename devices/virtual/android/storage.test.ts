import { expect, test } from 'vitest'
import type { SharedPreferences } from '../../../harness/contract/platforms/android.ts'
import { benchOf, must, quiet, toldOf } from './bench.ts'
import { virtualAndroid } from './device.ts'

const started = () => {
  const bench = benchOf(virtualAndroid())
  const preferences = () => bench.start().sharedPreferences('vault')
  return { ...bench, preferences }
}
const bytes = Uint8Array.of(1, 2, 3)
const write = (preferences: SharedPreferences, key: string, value: string) =>
  preferences.edit().putString(key, value).commit()

test('what was committed is there in the next process, under its name and storage alone', async () => {
  const { start, preferences } = started()
  expect(await write(preferences(), 'a', '1')).toBe(true)
  const next = start()
  expect(await next.sharedPreferences('vault').getString('a')).toBe('1')
  expect(await next.sharedPreferences('other').getString('a')).toBeNull()
  expect(await next.sharedPreferences('vault', 'device').contains('a')).toBe(false)
  expect(next.sharedPreferences('vault')).toBe(next.sharedPreferences('vault'))
})

test('changes are gathered, and cleared before they are put, whatever the order', async () => {
  const preferences = started().preferences()
  await write(preferences, 'old', '0')
  const editor = preferences.edit().putString('a', '1').putString('b', '2').remove('b').clear()
  expect(await preferences.keys()).toEqual(['old'])
  await editor.commit()
  expect(await preferences.keys()).toEqual(['a'])
  await editor.commit()
  expect(await preferences.keys()).toEqual(['a'])
})

test('it is loaded once, by one effect, and answered from memory afterwards', async () => {
  const { effects, preferences } = started()
  const mine = preferences()
  const before = effects.count()
  await Promise.all([mine.getString('a'), mine.contains('a'), mine.keys()])
  await mine.getString('b')
  expect(effects.count() - before).toBe(1)
})

test('apply is seen at once and written later, in order, each as an effect of its own', async () => {
  const { effects, device, preferences } = started()
  const mine = preferences()
  await mine.keys()
  effects.hold(true)
  mine.edit().putString('a', '1').apply()
  mine.edit().putString('b', '2').apply()
  const committed = write(mine, 'c', '3')
  await quiet()
  expect(await mine.keys()).toEqual(['a', 'b', 'c'])
  const kept: (number | undefined)[] = []
  for (let write = 0; write < 3; write++) {
    expect(effects.pending()).toBe(1)
    effects.complete(0)
    await quiet()
    kept.push((await device.footprint(''))?.items)
  }
  expect([kept, await toldOf(committed), effects.pending()]).toEqual([[1, 2, 3], 'answered', 0])
})

test('apply before anything was loaded comes after the loading, and before what is asked next', async () => {
  const { preferences } = started()
  await write(preferences(), 'a', 'old')
  const mine = preferences()
  mine.edit().putString('a', 'new').apply()
  expect(await mine.getString('a')).toBe('new')
})

test('a process that dies before the write loses what it applied', async () => {
  const { effects, preferences } = started()
  const mine = preferences()
  await write(mine, 'a', 'old')
  mine.edit().putString('a', 'new').apply()
  await quiet()
  expect(await mine.getString('a')).toBe('new')
  effects.drop()
  expect(await preferences().getString('a')).toBe('old')
})

test('a commit that was struck is never answered, and the file is the old one', async () => {
  const { effects, preferences } = started()
  const mine = preferences()
  await write(mine, 'a', 'old')
  effects.arm(0, () => {})
  expect(await toldOf(write(mine, 'a', 'new'))).toBe('never answered')
  effects.drop()
  expect(await preferences().getString('a')).toBe('old')
})

test('files outside backups are written as a whole, listed and deleted', async () => {
  const { start, effects } = started()
  const { noBackupFiles: files } = start()
  expect(await files.read('f')).toBeNull()
  const content = bytes.slice()
  const written = files.write('f', content)
  content.fill(9)
  await written
  const read = await files.read('f')
  expect(read).toEqual(bytes)
  read?.fill(9)
  expect(await files.read('f')).toEqual(bytes)
  effects.arm(0, () => {})
  expect(await toldOf(files.write('f', Uint8Array.of(9)))).toBe('never answered')
  effects.drop()
  const { noBackupFiles: next } = start()
  expect(await next.read('f')).toEqual(bytes)
  await next.delete('f')
  await next.delete('f')
  expect(await next.list()).toEqual([])
})

test('before the first unlock the credential storage is shut, the device storage open; afterwards both are', async () => {
  const bench = started()
  const app = bench.start()
  await write(app.sharedPreferences('vault'), 'a', '1')
  await write(app.sharedPreferences('vault', 'device'), 'a', '2')
  await app.noBackupFiles.write('f', bytes)
  await must(bench, { control: 'reboot', unlocked: false })
  const early = bench.start()
  const mine = () => early.sharedPreferences('vault')
  const shut = [
    (async () => mine())(),
    early.noBackupFiles.read('f'),
    early.noBackupFiles.write('f', bytes),
    early.noBackupFiles.delete('f'),
    early.noBackupFiles.list(),
  ]
  expect(await Promise.all(shut.map(toldOf))).toEqual(shut.map(() => 'IllegalStateException'))
  expect(await early.sharedPreferences('vault', 'device').getString('a')).toBe('2')
  expect([await early.isUserUnlocked(), await early.keyguardManager.isDeviceLocked()]).toEqual([false, true])
  expect(bench.device.takeMisuse?.()).toEqual([])
  await must(bench, { control: 'unlock-screen' })
  expect([await mine().getString('a'), await early.isUserUnlocked()]).toEqual(['1', true])
  expect(await early.noBackupFiles.read('f')).toEqual(bytes)
})
