import { beforeEach, describe, expect, it } from 'vitest'
import type { VaultCall } from '../harness/contract/operations.ts'
import { KeyringError } from '../harness/contract/platforms/desktop.ts'
import { anchorItem, fetchAnchor, keepAnchor } from './anchor.ts'
import { decodeHeader, digestOf, encodeHeader } from './header.ts'
import { type MemoryApp, memoryApp } from './memory-app.ts'
import reference from './module.ts'

const put = (name: string, text: string): VaultCall => ({ op: 'put', name, value: new TextEncoder().encode(text) })
const get = (name: string): VaultCall => ({ op: 'get', name })

let app: MemoryApp = memoryApp(reference)
const paths = (start: string) => [...app.world.files.keys()].filter((path) => path.startsWith(start))
const content = (path: string) => app.world.files.get(path)?.bytes ?? new Uint8Array()
const place = (path: string, bytes: Uint8Array) => app.world.files.set(path, { bytes, synced: bytes })
const copy = () => new Map([...app.world.files].map(([path, file]) => [path, file.bytes]))
const restore = (copied: ReadonlyMap<string, Uint8Array>) => {
  app.world.files.clear()
  for (const [path, bytes] of copied) place(path, bytes)
}
const reopened = async () => {
  app.restart()
  return app.ask({ op: 'unlock' })
}

beforeEach(async () => {
  app = memoryApp(reference)
  for (const call of [{ op: 'setUp' } as const, put('a', '1'), put('b', '2')]) expect(await app.ask(call)).toBe(null)
})

describe('an older copy', () => {
  it('of all files is rollback, before and after a restart, and the newer files open again', async () => {
    const older = copy()
    await app.ask(put('a', 'newer'))
    const newer = copy()
    restore(older)
    expect(await app.ask(get('a'))).toBe('rollback')
    expect(await app.ask(get('b'))).toBe('=2')
    expect(await reopened()).toBe('rollback')
    expect(await app.ask({ op: 'setUp' })).toBe('already-set-up')
    restore(newer)
    expect(await reopened()).toBe(null)
    expect(await app.ask(get('a'))).toBe('=newer')
  })
  it('from before a deletion is rollback', async () => {
    const older = copy()
    await app.ask({ op: 'delete', name: 'a' })
    restore(older)
    expect(await app.ask(get('a'))).toBe('not-found')
    expect(await reopened()).toBe('rollback')
  })
  it('of one entry is rollback, under its own name or the newer one, and the others are read', async () => {
    const [older = ''] = paths('entry-').filter((path) => path.endsWith('.2'))
    const bytes = content(older)
    await app.ask(put('a', 'newer'))
    const [newer = ''] = paths('entry-').filter((path) => path.endsWith('.4'))
    const whole = content(newer)
    place(newer, bytes)
    expect(await app.ask(get('a'))).toBe('rollback')
    expect(await app.ask({ op: 'list' })).toBe('rollback')
    expect(await reopened()).toBe(null)
    expect(await app.ask(get('a'))).toBe('rollback')
    expect(await app.ask(get('b'))).toBe('=2')
    app.world.files.delete(newer)
    place(older, bytes)
    expect(await app.ask(get('a'))).toBe('rollback')
    place(newer, whole)
    expect(await reopened()).toBe(null)
    expect(await app.ask(get('a'))).toBe('=newer')
    expect(paths('')).not.toContain(older)
  })
  it('of a deleted entry does not bring it back', async () => {
    const [older = ''] = paths('entry-').filter((path) => path.endsWith('.2'))
    const bytes = content(older)
    await app.ask({ op: 'delete', name: 'a' })
    place(older, bytes)
    expect(await reopened()).toBe(null)
    expect(await app.ask(get('a'))).toBe('not-found')
    expect(await app.ask({ op: 'list' })).toEqual(['b'])
  })
  it('of the manifest alone is rollback', async () => {
    const [older = ''] = paths('manifest')
    const bytes = content(older)
    await app.ask(put('a', 'newer'))
    const [newer = ''] = paths('manifest')
    place(newer, bytes)
    expect(await reopened()).toBe('rollback')
    app.world.files.delete(newer)
    place(older, bytes)
    expect(await reopened()).toBe('rollback')
  })
})

describe('what is gone or changed', () => {
  it('is corrupt where an entry has no file, and a put mends it', async () => {
    const [a = ''] = paths('entry-').filter((path) => path.endsWith('.2'))
    app.world.files.delete(a)
    for (const call of [get('a'), { op: 'has', name: 'a' }, { op: 'list' }] as const)
      expect(await app.ask(call)).toBe('corrupt')
    expect(await reopened()).toBe(null)
    expect(await app.ask(get('a'))).toBe('corrupt')
    expect(await app.ask(get('b'))).toBe('=2')
    expect(await app.ask(put('a', 'again'))).toBe(null)
    expect(await app.ask({ op: 'list' })).toEqual(['a', 'b'])
  })
  it('is corrupt for every byte of the manifest, and without it, and opens again when it is back', async () => {
    const [manifest = ''] = paths('manifest')
    const whole = content(manifest)
    for (let at = 0; at < whole.length; at += 3) {
      const changed = Uint8Array.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 128
      place(manifest, changed)
      expect([at, await reopened()]).toEqual([at, 'corrupt'])
    }
    app.world.files.delete(manifest)
    expect(await reopened()).toBe('corrupt')
    place(manifest, whole)
    expect(await reopened()).toBe(null)
  })
  it('is corrupt where the keyring is older than the files', async () => {
    const older = new Map(app.world.secrets)
    await app.ask(put('a', 'newer'))
    for (const [item, secret] of older) app.world.secrets.set(item, secret)
    expect(await reopened()).toBe('corrupt')
  })
  it('is told apart where the anchor is missing', async () => {
    app.world.secrets.clear()
    expect(await reopened()).toBe('key-invalidated')
  })
  it('is corrupt where all files are gone and the key is not: nothing is set up over it', async () => {
    const whole = copy()
    app.world.files.clear()
    app.restart()
    expect(await app.ask({ op: 'setUp' })).toBe('corrupt')
    restore(whole)
    expect(await reopened()).toBe(null)
    app.world.files.clear()
    app.restart()
    expect(await app.ask({ op: 'reset' })).toBe(null)
    expect(await app.ask({ op: 'setUp' })).toBe(null)
  })
})

it('a header that only the keyring vouches for is corrupt', async () => {
  const { world } = app
  const item = anchorItem('run/1')
  const [anchor] = (await world.run([fetchAnchor(world.ports.keyring, item)])) ?? []
  if (anchor === undefined || anchor === null) throw new Error('the keyring has no anchor')
  const { header } = decodeHeader(content('header'))
  const sealed = encodeHeader(header, { guard: anchor.guard, vault: new Uint8Array(32) })
  place('header', sealed)
  await world.run([keepAnchor(world.ports.keyring, item, anchor.with({ header: digestOf(sealed) }))])
  expect(await reopened()).toBe('corrupt')
})

describe('a keyring that fails after it took the write', () => {
  it('counts where the keyring says so when asked again', async () => {
    const { keyring } = app.world.ports
    const set = keyring.set.bind(keyring)
    keyring.set = async (item, secret) => {
      await set(item, secret)
      throw new KeyringError('failed', 'timed out')
    }
    expect(await app.ask(put('a', 'newer'))).toBe(null)
    keyring.set = set
    expect(await reopened()).toBe(null)
    expect(await app.ask(get('a'))).toBe('=newer')
  })
  it('never locks the vault out where nobody could tell', async () => {
    const { keyring } = app.world.ports
    const set = keyring.set.bind(keyring)
    keyring.set = async (item, secret) => {
      await set(item, secret)
      app.world.keyring = 'absent'
      throw new KeyringError('absent', 'the daemon died')
    }
    expect(await app.ask(put('a', 'newer'))).toBe('unavailable')
    expect(await app.ask(get('a'))).toBe('=1')
    keyring.set = set
    app.world.keyring = 'unlocked'
    expect(await reopened()).toBe(null)
    expect(await app.ask(get('a'))).toBe('=newer')
    expect(app.world.files.size).toBe(4)
  })
  it('never writes over files that may count', async () => {
    const { keyring } = app.world.ports
    const set = keyring.set.bind(keyring)
    for (let at = 0; at < 5; at++) {
      keyring.set = async (item, secret) => {
        await set(item, secret)
        app.world.keyring = 'absent'
        throw new KeyringError('absent', 'the daemon died')
      }
      expect(await app.ask(put('a', 'maybe'))).toBe('unavailable')
      keyring.set = set
      app.world.keyring = 'unlocked'
      // The next write is cut short before it counts.
      app.world.crashAt(at)
      expect(await app.answer(put('a', 'never'))).toBe(null)
      app.world.cutPower('contents')
      expect([at, await reopened()]).toEqual([at, null])
      expect(await app.ask(get('a'))).toBe('=maybe')
    }
  })
})
