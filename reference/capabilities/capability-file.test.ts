import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damaged, damages, hostilePieces } from '../sample-damage.ts'
import { CapabilityFileError, readCapabilityFile } from './capability-file.ts'

const one = { identifier: 'main', windows: ['main'], permissions: ['vault:default'] }
const read = { ...one, local: true, webviews: [], permissions: [{ identifier: 'vault:default', allow: [], deny: [] }] }

describe('a capability file', () => {
  it.each([
    ['one', one],
    ['a list', [one]],
    ['an object with a list', { capabilities: [one] }],
  ])('holds %s', (_, value) => {
    expect(readCapabilityFile('a.json', JSON.stringify(value))).toEqual([read])
  })
  it('may be TOML', () => {
    const text = 'identifier = "main"\nwindows = ["main"]\npermissions = ["vault:default"]\n'
    expect(readCapabilityFile('a.toml', text)).toEqual([read])
  })
  it.each([
    ['{', /a\.json: neither JSON nor TOML: /],
    ['null', /a\.json: .* holds no object and no list/],
    ['{}', /a\.json: no capability of Tauri v2 at identifier: /],
    [JSON.stringify({ ...one, permissions: [1] }), /a\.json: no capability of Tauri v2 at permissions\.0: /],
    [JSON.stringify({ ...one, platforms: ['plan9'] }), /at platforms\.0: /],
    [JSON.stringify([one, { ...one, windows: 'main' }]), /at 1\.windows: /],
    [' '.repeat(1024 * 1024 + 1), /a\.json: longer than 1048576 bytes/],
  ])('that is wrong is told in one sentence, %#', (text, told) => {
    expect(() => readCapabilityFile('a.json', text)).toThrow(CapabilityFileError)
    expect(() => readCapabilityFile('a.json', text)).toThrow(told)
  })
  const tried = (name: string, text: string) => {
    try {
      return readCapabilityFile(name, text)
    } catch (error) {
      expect(error).toBeInstanceOf(CapabilityFileError)
      expect((error as Error).message).not.toContain('\n')
      return []
    }
  }
  it('of any bytes is read or refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom('a.json', 'a.toml'), (text, name) => {
        expect(Array.isArray(tried(name, text))).toBe(true)
      }),
    )
  })
  const scope = [{ path: '$APPDATA/*' }, { a: [1.5, true, '\u2028'] }]
  const full = { ...one, remote: { urls: ['https://*.example.org/*'] }, platforms: ['linux'], description: 'ü' }
  const json = JSON.stringify([{ ...full, permissions: ['vault:default', { identifier: 'fs:read', allow: scope }] }])
  const toml =
    'identifier = "main"\nwindows = ["main", "w-*"]\npermissions = [\n "a:b",\n { identifier = "fs:c", allow = [{ path = "x" }] },\n]\n'
  it.each([
    ['a.json', json],
    ['a.toml', toml],
  ])('%s that was cut, swapped, doubled or changed is read or refused, and nothing else', (name, text) => {
    expect(readCapabilityFile(name, text)).toHaveLength(1)
    fc.assert(
      fc.property(damages, (changes) => {
        for (const capability of tried(name, damaged(Buffer.from(text), changes).toString()))
          expect(Array.isArray(capability.permissions)).toBe(true)
      }),
      { seed: 5, numRuns: 1_000 },
    )
  })
  it.each(['a.json', 'a.toml'])('of another kind, or hostile, is refused: %s', (name) => {
    const deep = 200_000
    const foreign = [
      ...hostilePieces,
      '['.repeat(deep) + ']'.repeat(deep),
      `a = ${'['.repeat(deep)}${']'.repeat(deep)}`,
      `${'a.'.repeat(deep)}a = 1`,
      `[${'a.'.repeat(deep)}a]`,
      '{"identifier":'.repeat(deep),
      '\ufffd'.repeat(100),
      'holdfast audit anchor 1\n',
      'SQLite format 3\0',
      '__proto__ = { permissions = [] }',
      '{"__proto__":{"identifier":"main","windows":["main"],"permissions":["vault:default"]}}',
    ]
    for (const text of foreign)
      expect(() => readCapabilityFile(name, text), text.slice(0, 30)).toThrow(CapabilityFileError)
  })
})
