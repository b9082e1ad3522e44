import { describe, expect, it } from 'vitest'
import { lintCapability, lintConfiguration } from './lint.ts'
import { capability } from './sample-capability.ts'

const rules = (given: object) => lintCapability(capability(given)).map(({ rule }) => rule)
const get = (allow: readonly unknown[]) => ({ permissions: [{ identifier: 'vault:allow-get', allow }] })

describe('the lint of grants', () => {
  it('has nothing to say of one that names what it needs', () => {
    expect(rules({ ...get([{ name: 'main/*' }]), remote: { urls: ['https://app.example.com'] } })).toEqual([])
    expect(rules({ permissions: ['vault:default', 'core:default', 'vault:deny-get'] })).toEqual([])
  })
  it.each([
    [{ windows: ['*'] }, 'any-window'],
    [{ webviews: ['**'] }, 'any-window'],
    [{ windows: [] }, 'no-caller'],
    [{ windws: ['main'] }, 'unknown-field'],
    [{ identifier: 'migrated' }, 'migrated'],
    [get([]), 'no-entry'],
    [get(['*']), 'any-entry'],
    [{ permissions: ['vault:allow-all'] }, 'unknown-permission'],
    [{ remote: { urls: ['https://*'] } }, 'any-origin'],
    [{ remote: { urls: ['https://*.com'] } }, 'any-origin'],
    [{ remote: { urls: ['https://*.example.com'] } }, 'any-origin'],
    [{ remote: { urls: ['http://app.example.com'] } }, 'unencrypted-origin'],
    [{ remote: { urls: ['http://localhost:1420'] } }, 'development-origin'],
    [{ remote: { urls: ['http://127.0.0.1:5173'] } }, 'development-origin'],
    [{ remote: { urls: ['(('] } }, 'unreadable-origin'],
  ])('%j is %s', (given, rule) => {
    expect(rules(given)).toEqual([rule])
  })
  it.each([
    [{ app: { security: { csp: null } } }, 1],
    [{ app: { security: {} } }, 1],
    [{}, 1],
    [{ app: { security: { csp: "default-src 'self'" } } }, 0],
    [[], 0],
  ])('a configuration of %j lacks a policy: %i', (configuration, findings) => {
    expect(lintConfiguration('tauri.conf.json', configuration)).toHaveLength(findings)
  })
})
