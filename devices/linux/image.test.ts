import { expect, test } from 'vitest'
import { mmdebstrapCommand } from './debian-base.ts'
import { endedAs } from './exec-channel.ts'
import { contentHash, linuxImageName, providers } from './image.ts'
import { userFor } from './machine.ts'

test('the same inputs have the same hash, any change another one', () => {
  const hash = contentHash([['a', 'xy']])
  expect(contentHash([['a', 'xy']])).toBe(hash)
  expect(contentHash([['a', 'xz']])).not.toBe(hash)
  expect(contentHash([['ax', 'y']])).not.toBe(hash)
})

test('the image is named after its content, and each provider has its own', async () => {
  const names = await Promise.all(providers.map(linuxImageName))
  for (const name of names) expect(name).toMatch(/^holdfast-linux:[0-9a-f]{12}$/)
  expect(new Set(names).size).toBe(providers.length)
})

test('the base holds the packages and is written to standard output', () => {
  const command = mmdebstrapCommand(['dbus', 'gnome-keyring'])
  expect(command).toContain('--include=dbus,gnome-keyring')
  expect(command.at(-1)).toBe('-')
})

test('inside runs an ordinary user, or the owner of a project that nobody else may read', () => {
  expect(userFor({ mode: 0o40755, uid: 0, gid: 0 })).toBe('1000:1000')
  expect(userFor({ mode: 0o40700, uid: 501, gid: 20 })).toBe('501:20')
})

test('a status is told as its signal where it is one', () => {
  expect([endedAs(0), endedAs(3), endedAs(137), endedAs(143), endedAs(null)]).toEqual([
    '0',
    '3',
    'SIGKILL',
    'SIGTERM',
    'lost',
  ])
})
