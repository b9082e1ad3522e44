import { describe, expect, it } from 'vitest'
import type { Ask, Caller, Capability } from '../contract/capabilities.ts'
import { fits, saidOf } from './grants.ts'

const caller: Caller = { window: 'main', webview: 'panel', url: 'tauri://localhost/', platform: 'linux' }
const read: Ask = { caller, operation: 'get', name: 'main/a' }
const by = (more: Partial<Caller>, name: string | null = read.name): Ask => ({
  ...read,
  caller: { ...caller, ...more },
  name,
})
const file = (more: Partial<Capability> = {}): Capability => ({
  identifier: 'one',
  windows: ['main'],
  permissions: [{ identifier: 'vault:allow-get', allow: [{ name: 'main/*' }] }],
  ...more,
})
const all: Exclude<Capability['permissions'][number], string> = {
  identifier: 'vault:allow-get',
  allow: [{ name: '*' }],
}
const said = (files: readonly Capability[], ask: Ask = read) => {
  const found = saidOf(files, ask, ['linux'])
  return found.is === 'denied' ? found.lack : found.is
}
const windows = { platform: 'windows', url: 'https://tauri.localhost/index.html' } as const

describe('what capability files say of a page', () => {
  it.each<readonly [string, readonly Capability[], Ask]>([
    ['granted', [file()], read],
    ['granted', [file()], by({ webview: 'any' })],
    ['granted', [file({ windows: [], webviews: ['pan*'] })], by({ window: 'any' })],
    ['granted', [file()], by(windows)],
    ['granted', [file({ platforms: ['linux'] })], read],
    ['granted', [file({ permissions: ['vault:allow-list'] })], { ...read, operation: 'list', name: null }],
    ['nothing', [], read],
    ['nothing', [file({ permissions: ['vault:default'] })], read],
    ['nothing', [file()], { ...read, operation: 'put' }],
    ['nothing', [file({ platforms: ['windows'] })], read],
    ['nothing', [file({ windows: ['side'] })], by({ url: 'https://evil.example/' })],
    ['denial', [file(), file({ permissions: ['vault:deny-get'] })], read],
    ['denial', [file({ permissions: ['vault:deny-get'] }), file()], read],
    ['denial', [file(), file({ permissions: [{ ...all, deny: [{ name: 'main/a' }] }] })], read],
    ['granted', [file(), file({ windows: ['side'], permissions: ['vault:deny-get'] })], read],
    ['origin', [file()], by({ url: 'http://tauri.evil.example/' })],
    ['origin', [file()], by({ url: 'tauri://localhost:1/' })],
    ['origin', [file()], by({ url: 'no address' })],
    ['origin', [file({ local: false })], read],
    ['frame', [file()], by({ ...windows, frame: true })],
    ['label', [file({ windows: ['side'] })], read],
    ['label', [file({ windows: ['panel'] })], read],
    ['entry', [file()], by({}, 'side/a')],
    ['entry', [file(), file({ windows: ['side'], permissions: [all] })], by({}, 'side/a')],
    // A frame on a platform that cannot tell; another platform's own page; a grant of no entry; one of two reasons.
    ['unsaid', [file()], by({ frame: true })],
    ['unsaid', [file()], by({ url: 'http://tauri.localhost/' })],
    ['unsaid', [file({ permissions: ['vault:allow-get'] })], read],
    ['unsaid', [file({ windows: ['side'] }), file({ local: false })], read],
  ])('%s', (expected, files, ask) => {
    expect(said(files, ask)).toBe(expected)
  })

  it.each([
    ['https://app.example', 'https://app.example/x', 'granted'],
    ['https://app.example', 'HTTPS://APP.example', 'granted'],
    ['https://app.example', 'http://app.example/', 'origin'],
    ['https://app.example', 'https://app.example:8443/', 'origin'],
    ['https://app.example', 'https://app.example@evil.example/', 'origin'],
    ['https://app.example', 'https://app.example.evil.example/', 'origin'],
    ['https://*.app.example', 'https://a.b.app.example/', 'granted'],
    ['https://*.app.example', 'https://app.example/', 'origin'],
    ['https://*.app.example', 'https://evilapp.example/', 'origin'],
  ])('for pages of %s, %s is: %s', (pattern, url, expected) => {
    expect(said([file({ local: false, remote: { urls: [pattern] } })], by({ url }))).toBe(expected)
  })

  it.each([
    ['a*c', 'abc', true],
    ['a*c', 'ac', true],
    ['a*c', 'acb', false],
    ['*', '', true],
    ['a', 'ab', false],
    ['a*b*c', 'a-c-b', false],
    ['*a*a', 'a', false],
    ['a.c', 'abc', false],
  ])('%s means %s: %s', (glob, text, expected) => {
    expect(fits(glob, text)).toBe(expected)
  })
})
