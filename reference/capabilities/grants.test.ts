import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Caller } from './caller.ts'
import type { Capability } from './capability.ts'
import { type Decision, grantsOf, type Request, UnknownGrant } from './grants.ts'
import { commands, permissions } from './permissions.ts'
import { capability, page } from './sample-capability.ts'

const ask = (given: readonly Capability[], request: Partial<Request> = {}): Decision =>
  grantsOf(given)({ caller: page('main'), platform: 'linux', command: 'get', name: 'a', ...request })
const all = { identifier: 'vault:allow-get', allow: [{ name: '*' }] }
const allowed = capability({ permissions: [all] })
const granted = { is: 'granted' }

describe('what capabilities grant', () => {
  it('is nothing where there are none, or none that names the vault', () => {
    for (const command of commands) {
      expect(ask([], { command })).toEqual({ is: 'denied', why: 'not-granted' })
      expect(ask([capability({ permissions: ['core:default', 'fs:allow-get'] })], { command }).is).toBe('denied')
    }
  })
  it('is what one that names the window or the webview grants', () => {
    expect(ask([allowed])).toEqual(granted)
    expect(ask([allowed], { caller: page('other') })).toEqual({ is: 'denied', why: 'not-granted' })
    expect(ask([allowed], { caller: { ...page('other'), window: 'main' } })).toEqual(granted)
    const byWebview = capability({ windows: [], webviews: ['side-*'], permissions: [all] })
    expect(ask([byWebview], { caller: { ...page('main'), webview: 'side-1' } })).toEqual(granted)
    expect(ask([byWebview], { caller: page('aside-1') }).is).toBe('denied')
  })
  it('is outweighed by a denial, of the command and of entries, in either order', () => {
    const deny = capability({ identifier: 'deny', permissions: ['vault:deny-get'] })
    const denyEntry = capability({ permissions: [{ ...all, deny: ['a'] }] })
    for (const given of [
      [allowed, deny],
      [deny, allowed],
      [allowed, denyEntry],
      [denyEntry, allowed],
    ])
      expect(ask(given)).toEqual({ is: 'denied', why: 'denied' })
    expect(ask([allowed, denyEntry], { name: 'b' })).toEqual(granted)
    expect(ask([allowed, capability({ windows: ['other'], permissions: ['vault:deny-get'] })])).toEqual(granted)
  })
  it('is for the entries that it names, and for none where it names none', () => {
    const scoped = capability({ permissions: [{ ...all, allow: [{ name: 'main/*' }] }] })
    expect(ask([scoped], { name: 'main/a' })).toEqual(granted)
    expect(ask([scoped], { name: 'other/a' })).toEqual({ is: 'denied', why: 'out-of-scope' })
    expect(ask([capability({ permissions: ['vault:allow-get'] })])).toEqual({ is: 'denied', why: 'out-of-scope' })
  })
  it('is for its platforms alone', () => {
    const mac = capability({ permissions: [all], platforms: ['macOS'] })
    expect(ask([mac])).toEqual({ is: 'denied', why: 'not-granted' })
    expect(ask([mac], { platform: 'macOS' })).toEqual(granted)
  })
  it.each([
    ['http://tauri.localhost/index.html', 'granted'],
    ['https://tauri.localhost', 'granted'],
    // Its first label is the app's, its host is not (CVE-2026-42184).
    ['http://tauri.evil.example/', 'denied'],
    ['http://tauri.localhost.evil.example/', 'denied'],
    ['http://tauri.localhost:8080/', 'denied'],
    ['https://tauri.localhost@evil.example/', 'denied'],
    ['https://evil.example/tauri.localhost', 'denied'],
    ['tauri://evil', 'denied'],
    ['file:///tauri.localhost', 'denied'],
    ['not an address', 'denied'],
    ['', 'denied'],
  ])('counts %j as the app’s own page, or not: %s', (url, is) => {
    expect(ask([allowed], { caller: page('main', url) }).is).toBe(is)
  })
  it.each([
    ['https://*.example.com', 'https://a.example.com/x', 'granted'],
    ['https://*.example.com', 'https://example.com/', 'denied'],
    ['https://*.example.com', 'https://a.example.com.evil.example/', 'denied'],
    ['https://example.com', 'https://example.com/any/path', 'granted'],
    ['https://example.com', 'http://example.com/', 'denied'],
    ['https://example.com/app/*', 'https://example.com/app/x', 'granted'],
    ['https://example.com/app/*', 'https://example.com/other', 'denied'],
    ['((', 'https://example.com/', 'denied'],
  ])('for pages of %s, %s is %s', (pattern, url, is) => {
    const remote = capability({ local: false, remote: { urls: [pattern] }, permissions: [all] })
    expect(ask([remote], { caller: page('main', url) }).is).toBe(is)
    expect(ask([remote]).is).toBe('denied')
  })
  it('refuses a permission that there is not, and a scope that names no entries', () => {
    expect(() => grantsOf([capability({ permissions: ['vault:allow-everything'] })])).toThrow(UnknownGrant)
    expect(() => grantsOf([capability({ permissions: [{ ...all, allow: [{ path: '*' }] }] })])).toThrow(
      /names no entries/,
    )
  })
})

const label = fc.constantFrom('main', 'side', 'side-1', '*', 'side-*')
const name = fc.constantFrom('a', 'b', 'main/a', '*', 'main/*')
const granting = fc.record({
  identifier: fc.constantFrom(...permissions.keys()),
  allow: fc.array(name, { maxLength: 2 }),
  deny: fc.array(name, { maxLength: 1 }),
})
const capabilities = fc.record({
  identifier: fc.constantFrom('one', 'two'),
  windows: fc.array(label, { maxLength: 2 }),
  webviews: fc.array(label, { maxLength: 1 }),
  permissions: fc.array(granting, { maxLength: 4 }),
  remote: fc.constantFrom(undefined, { urls: ['https://example.com'] }),
  local: fc.boolean(),
})
const given = fc.array(capabilities.map(capability), { maxLength: 4 })
const caller: fc.Arbitrary<Caller> = fc.record({
  window: fc.constantFrom('main', 'side', 'side-1', 'other'),
  webview: fc.constantFrom('main', 'side', 'side-1', 'other'),
  url: fc.constantFrom('tauri://localhost/', 'https://example.com/', 'https://evil.example/'),
})
const request: fc.Arbitrary<Request> = fc.record({
  caller,
  platform: fc.constantFrom('linux', 'windows'),
  command: fc.constantFrom(...commands),
  name: fc.constantFrom('a', 'b', 'main/a', 'other/a'),
})
const isGranted = (all: readonly Capability[], asked: Request) => grantsOf(all)(asked).is === 'granted'

describe('laws of grants', () => {
  it('order means nothing', () => {
    fc.assert(
      fc.property(given, request, fc.nat(), (all, asked, turn) => {
        const at = all.length === 0 ? 0 : turn % all.length
        const turned = [...all.slice(at), ...all.slice(0, at)].toReversed()
        expect(isGranted(turned, asked)).toBe(isGranted(all, asked))
      }),
    )
  })
  it('one denial more grants nobody anything', () => {
    const denial = fc.constantFrom(...commands).map((command) => {
      const kebab = command.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
      return capability({ windows: ['*'], permissions: [`vault:deny-${kebab}`] })
    })
    fc.assert(
      fc.property(given, denial, request, (all, deny, asked) => {
        expect(isGranted([...all, deny], asked) && !isGranted(all, asked)).toBe(false)
      }),
    )
  })
  it('one capability more for another label changes nothing here', () => {
    fc.assert(
      fc.property(given, capabilities, request, (all, more, asked) => {
        const other = capability({ ...more, windows: ['elsewhere'], webviews: ['elsewhere-*'] })
        expect(grantsOf([...all, other])(asked)).toEqual(grantsOf(all)(asked))
      }),
    )
  })
  it('what each of two grants alone is granted by both, unless one denies it', () => {
    fc.assert(
      fc.property(given, given, request, (one, two, asked) => {
        const [first, second, both] = [one, two, [...one, ...two]].map((all) => grantsOf(all)(asked))
        const denies = [first, second].some((decision) => decision?.is === 'denied' && decision.why === 'denied')
        const either = [first, second].some((decision) => decision?.is === 'granted')
        expect(both?.is === 'granted').toBe(either && !denies)
      }),
    )
  })
  it('a page from nowhere is granted nothing', () => {
    fc.assert(
      fc.property(given, request, (all, asked) => {
        const elsewhere = { ...asked, caller: { ...asked.caller, url: 'https://evil.example/' } }
        expect(isGranted(all, elsewhere)).toBe(false)
      }),
    )
  })
})
