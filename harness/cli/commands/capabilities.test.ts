import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { holdfast } from '../dispatch.ts'
import { fakeShell } from '../fake-shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-capabilities-'))
afterAll(() => rmSync(folder, { recursive: true }))

const get = (name: string) => ({ identifier: 'vault:allow-get', allow: [{ name }] })
const narrow = { identifier: 'main', windows: ['main'], permissions: [get('main/*')] }
const wide = { identifier: 'all', windows: ['*'], permissions: [get('*')] }
const files: Readonly<Record<string, unknown>> = {
  'good/capabilities/main.json': narrow,
  'good/tauri.conf.json': { app: { security: { csp: "default-src 'self'" } } },
  'bad/capabilities/main.json': narrow,
  'bad/capabilities/deep/all.json': [wide],
  'bad/tauri.conf.json': { app: { security: { csp: null } } },
  'torn.json': 'torn',
  'empty/readme.json': {},
}
for (const [name, value] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), value === 'torn' ? '{' : JSON.stringify(value))
}
const run = async (...args: readonly string[]) => {
  const shell = fakeShell(folder)
  const code = await holdfast(['capabilities', ...args], shell)
  return { code, out: shell.said.out(), err: shell.said.err() }
}

test('grants that name what they need are read, and nothing is told of them', async () => {
  expect(await run('lint', 'good')).toEqual({ code: 0, out: '1 capability read, 0 to look at.\n', err: '' })
})
test('those of a folder that are too wide are told, each with its file, and what the configuration leaves open', async () => {
  const { code, out } = await run('lint', 'bad')
  expect(code).toBe(1)
  expect(out.split('\n')).toEqual([
    expect.stringMatching(/^bad\/capabilities\/deep\/all\.json: all: any-window: /),
    expect.stringMatching(/^bad\/capabilities\/deep\/all\.json: all: any-entry: /),
    expect.stringMatching(/^bad\/tauri\.conf\.json: no-content-security-policy: /),
    '2 capabilities read, 3 to look at.',
    '',
  ])
})
test.each([
  [['lint', 'nowhere'], /nowhere: there is no such file or folder\./],
  [['lint', 'torn.json'], /torn\.json: neither JSON nor TOML: /],
  [['lint', 'empty'], /empty: no capabilities\/\*\.json or \*\.toml is in it/],
  [['check', 'good'], /does not know "check"/],
  [['lint'], /PATH/],
])('%j is refused in one sentence', async (args, told) => {
  const { code, out, err } = await run(...args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(told)
})
