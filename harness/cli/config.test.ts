import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defineConfig, loadConfig } from './config.ts'
import { nameOfSpec } from './spec.ts'
import { targetsOf } from './targets.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-config-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const write = (text: string, name = 'holdfast.config.mjs'): void => writeFileSync(join(folder, name), text)
const problem = async (text: string): Promise<string> => {
  write(text)
  const error: unknown = await loadConfig(null, folder).catch((thrown: unknown) => thrown)
  return error instanceof Error ? `${error.name}: ${error.message}` : 'it was accepted'
}

describe('a configuration', () => {
  test('gives each vault its lanes', async () => {
    const config = defineConfig({
      vaults: { a: { vault: 'module:./a.ts' }, b: [{ vault: 'stdio:b', device: 'host' }, { vault: 'container:i c' }] },
      baseline: 'known.json',
    })
    write(`export default ${JSON.stringify(config)}`)
    const loaded = await loadConfig(null, folder)
    expect([...loaded.vaults]).toEqual([
      ['a', [{ vault: 'module:./a.ts' }]],
      ['b', [{ vault: 'stdio:b', device: 'host' }, { vault: 'container:i c' }]],
    ])
    expect(loaded).toMatchObject({ file: 'holdfast.config.mjs', baseline: 'known.json', out: null })
  })
  test('where there is none there are no vaults', async () => {
    expect(await loadConfig(null, folder)).toMatchObject({ file: null, baseline: null })
  })
  test('in another folder its paths are relative to that folder', async () => {
    mkdirSync(join(folder, 'ci'))
    write(`export default { vaults: { a: { vault: 'module:../a.ts' } }, baseline: 'known.json' }`, join('ci', 'my.mjs'))
    const loaded = await loadConfig(join('ci', 'my.mjs'), folder)
    expect(loaded.vaults.get('a')).toEqual([{ vault: 'module:./a.ts' }])
    expect(loaded.baseline).toBe(join('ci', 'known.json'))
  })

  test.each([
    ['export const vaults = {}', 'holdfast.config.mjs exports no configuration: write `export default defineConfig('],
    ['export default {', 'holdfast.config.mjs does not load: '],
    ['throw new Error("no\\nway")', 'holdfast.config.mjs does not load: no'],
    ['export default 3', 'holdfast.config.mjs: the configuration: expected object, received number'],
    ['export default {}', 'holdfast.config.mjs: vaults: expected record, received undefined'],
    ['export default { vaults: {}, basline: "x" }', 'the configuration has no key "basline"; did you mean baseline?'],
    ['export default { vaults: {}, out: 3 }', 'holdfast.config.mjs: out: expected string, received number'],
    ['export default { vaults: { a: { vault: "x" } } }', 'vaults.a.vault: must be one of module:./file.ts, stdio:'],
    ['export default { vaults: { a: [{ vault: "stdio:x" }, { vault: 3 }] } }', 'vaults.a.1.vault: expected string'],
    [
      'export default { vaults: { a: { vault: "stdio:x", devise: "host" } } }',
      'vaults.a has no key "devise"; did you mean device?',
    ],
    ['export default { vaults: { "a@b": { vault: "stdio:x" } } }', 'vaults.a@b: must be letters, digits'],
  ])('%s is refused by file and key', async (text, sentence) => {
    const said = await problem(text)
    expect(said).toMatch(/^UsageError: holdfast\.config\.mjs/)
    expect(said).toContain(sentence)
    expect(said).not.toContain('\n')
  })
})

describe('phones of a configuration', () => {
  const phone = (entry: string) => problem(`export default { vaults: {}, devices: { mine: ${entry} } }`)
  const app = `app: { path: 'app.apk', install: 'if-changed' }`
  test.each([
    "{ is: 'virtual-android' }",
    "{ is: 'virtual-ios' }",
    `{ is: 'android-emulator', serial: 'emulator-5554', pin: { env: 'PHONE_PIN' }, ${app} }`,
    "{ is: 'ios-simulator', udid: 'A-B', biometry: 'faceId', app: { path: './My.app' } }",
    "{ is: 'appium', url: 'http://127.0.0.1:4723/', platform: 'ios', fidelity: 'F2', capabilities: { 'appium:udid': 'x' }, app: { id: 'com.example.app' } }",
    `{ is: 'ios-simulator', udid: 'A-B', ${app}, controls: { reboot: { run: ['reboot.sh'] }, enrol: { post: 'http://127.0.0.1:1/' } } }`,
  ])('%s is taken', async (entry) => {
    expect(await phone(entry)).toBe('it was accepted')
  })
  test.each([
    ["{ is: 'nokia' }", "devices.mine.is: 'is' must be one of virtual-android, virtual-ios, android-emulator"],
    [
      `{ is: 'android-emulator', serial: 'e', pin: '4711', ${app} }`,
      'devices.mine.pin: is never written down: name the',
    ],
    [
      `{ is: 'android-emulator', serial: 'e', pin: { env: '47 11' }, ${app} }`,
      'devices.mine.pin.env: is never written down',
    ],
    [`{ is: 'ios-simulator', ${app} }`, 'devices.mine.udid: expected string'],
    ["{ is: 'ios-simulator', udid: 'A', app: { path: 'a', id: 'b.c' } }", 'devices.mine.app: must be one of { path:'],
    ["{ is: 'ios-simulator', udid: 'A', app: { path: 'a', install: 'twice' } }", 'devices.mine.app: must be one of'],
    [
      "{ is: 'appium', url: 'here', platform: 'ios', fidelity: 'F3', app: { id: 'a.b' } }",
      'devices.mine.url: must be the address of an',
    ],
    [`{ is: 'ios-simulator', uuid: 'A', udid: 'A', ${app} }`, 'devices.mine has no key "uuid"; did you mean udid?'],
    [
      `{ is: 'ios-simulator', udid: 'A', ${app}, controls: { touch: 'x.sh' } }`,
      'devices.mine.controls.touch: must be { run:',
    ],
    [
      `{ is: 'ios-simulator', udid: 'A', ${app}, controls: { tuoch: { run: ['x'] } } }`,
      'devices.mine.controls has no key "tuoch"; did you mean touch?',
    ],
    [
      "{ is: 'appium', url: 'http://x.y/', platform: 'ios', app: { id: 'a.b' } }",
      'devices.mine.fidelity: must say what the Appium leads to',
    ],
  ])('%s is refused by file and key', async (entry, sentence) => {
    const said = await phone(entry)
    expect(said).toContain(`UsageError: holdfast.config.mjs: ${sentence}`)
    expect(said).not.toMatch(/4711|47 11|\n/)
  })
  test('cannot take the name of a built-in device', async () => {
    const said = await problem("export default { vaults: {}, devices: { model: { is: 'virtual-ios' } } }")
    expect(said).toContain('devices.model: is the name of a built-in device: choose another')
  })
  test.each([
    ["['a', 'lab']", 'devices.lab.phones: "lab" is no phone of this configuration'],
    ["['b']", 'devices.lab.phones: "b" is no phone of this configuration'],
    ['[]', 'devices.lab.phones: must name a phone at least'],
  ])('may be a pool, and not of %s', async (phones, sentence) => {
    const devices = `{ a: { is: 'virtual-ios' }, lab: { is: 'pool', phones: ${phones} } }`
    expect(await problem(`export default { vaults: {}, devices: ${devices} }`)).toContain(sentence)
  })
  test('as a pool are told with how each is reached', async () => {
    write(`export default { vaults: { m: { vault: 'webview:./m.ts', device: 'lab' } },
      devices: { a: { is: 'virtual-ios' }, lab: { is: 'pool', phones: ['a'] } } }`)
    const [target] = await targetsOf([], [], await loadConfig(null, folder), [], folder)
    expect(target).toMatchObject({ device: 'lab', pool: [{ name: 'a', entry: { is: 'virtual-ios' } }] })
  })
  test('are devices of lanes and flags, with app files beside the configuration', async () => {
    mkdirSync(join(folder, 'ci'))
    write(
      `export default { vaults: { app: { vault: 'webview:com.example.app', device: 'mine' } },
        devices: { mine: { is: 'ios-simulator', udid: 'A', app: { path: 'My.app' } } } }`,
      join('ci', 'my.mjs'),
    )
    const config = await loadConfig(join('ci', 'my.mjs'), folder)
    const [target] = await targetsOf([], ['mine'], config, [], folder)
    expect(target).toMatchObject({
      name: 'app@mine',
      phone: { is: 'ios-simulator', app: { path: join('ci', 'My.app') } },
    })
  })
})

describe('targets', () => {
  const devices = ['model', 'host', 'linux-container'].map((name) => ({
    name,
    fidelity: 'F0' as const,
    runs: [],
    meaning: '',
  }))
  const targets = async (vaults: readonly string[], on: readonly string[] = []) => {
    write(`export default { vaults: {
      a: { vault: 'stdio:a' }, b: [{ vault: 'stdio:b', device: 'linux-container' }, { vault: 'stdio:b2', device: 'host' }] } }`)
    const made = await targetsOf(vaults, on, await loadConfig(null, folder), devices, folder)
    return made.map(({ name, vault, device }) => `${name} ${vault} ${device}`)
  }
  test('without flags all lanes of the configuration', async () => {
    expect(await targets([])).toEqual([
      'a@host stdio:a host',
      'b@linux-container stdio:b linux-container',
      'b@host stdio:b2 host',
    ])
  })
  test('a device picks a lane; a vault with one lane goes anywhere', async () => {
    expect(await targets(['b'], ['host'])).toEqual(['b@host stdio:b2 host'])
    expect(await targets(['a'], ['model', 'linux-container'])).toEqual([
      'a@model stdio:a model',
      'a@linux-container stdio:a linux-container',
    ])
  })
  test('two vaults of one name are told apart, and the same one twice is one', async () => {
    expect(await targets(['stdio:x/a.py', 'stdio:y/a.py', 'stdio:x/a.py'])).toEqual([
      'a@host stdio:x/a.py host',
      'a-2@host stdio:y/a.py host',
    ])
  })
  test('a lane may ask for one profile alone', async () => {
    write(`export default { vaults: { a: { vault: 'stdio:a', profile: 'pin' } } }`)
    const made = await targetsOf([], [], await loadConfig(null, folder), devices, folder)
    expect(made).toEqual([{ name: 'a@host', vault: 'stdio:a', device: 'host', profile: 'pin' }])
  })
  test('a device that the configuration names must exist', async () => {
    write(`export default { vaults: { a: { vault: 'stdio:a', device: 'linux-contaner' } } }`)
    await expect(targetsOf([], [], await loadConfig(null, folder), devices, folder)).rejects.toThrow(
      'holdfast.config.mjs: vaults.a.device: there is no device "linux-contaner"; did you mean linux-container?',
    )
  })
  test('nothing to judge says what to do', async () => {
    await expect(targetsOf([], [], await loadConfig(null, folder), devices, folder)).rejects.toThrow(
      /There is no vault to judge: give one with --vault SPEC \(module:/,
    )
  })
})

test('what does not load is told by its line, where Node knows it', async () => {
  write('export default {\n  vaults: { a: nobody },\n}')
  await expect(loadConfig(null, folder)).rejects.toThrow(
    'holdfast.config.mjs does not load: nobody is not defined (line 2)',
  )
})

test.each([
  ['module:./vaults/mine.ts', 'mine'],
  ['module:./reference/module.ts', 'reference'],
  ['module:./vault.ts', 'vault'],
  ['module:../my plugin.adapter.ts', 'my-plugin'],
  ['stdio:python3 -u adapters/keyring.py --fast', 'keyring'],
  ['stdio:/usr/bin/my-vault --serve', 'my-vault'],
  ['container:registry.example/team/vault:1.2 serve', 'vault'],
])('%s is called %s', (spec, name) => {
  expect(nameOfSpec(spec)).toBe(name)
})
