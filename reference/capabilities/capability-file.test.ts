import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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
  it('of any bytes is read or refused, and nothing else', () => {
    const tried = (name: string, text: string) => {
      try {
        return readCapabilityFile(name, text)
      } catch (error) {
        expect(error).toBeInstanceOf(CapabilityFileError)
        expect((error as Error).message).not.toContain('\n')
        return []
      }
    }
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom('a.json', 'a.toml'), (text, name) => {
        expect(Array.isArray(tried(name, text))).toBe(true)
      }),
    )
  })
})
