import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from './commands.ts'
import { holdfast } from './dispatch.ts'
import { fakeShell } from './fake-shell.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-cli-'))
  writeFileSync(join(folder, 'vault.ts'), '')
  writeFileSync(
    join(folder, 'holdfast.config.mjs'),
    `export default { vaults: {
      reference: [{ vault: 'module:./vault.ts' }, { vault: 'stdio:node vault.js', device: 'linux-container' }],
      'python-keyring': { vault: 'stdio:python3 adapter.py', device: 'linux-container' },
    } }`,
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

const say = async (...args: readonly string[]) => {
  const shell = fakeShell(folder)
  const exit = await holdfast(args, shell)
  return { exit, out: shell.said.out(), err: shell.said.err(), asked: shell.asked }
}

describe('help', () => {
  test('every command has one, and the main one names them', async () => {
    const main = await say('--help')
    expect(main.exit).toBe(0)
    for (const { name, internal } of commands) {
      const help = await say(name, '--help')
      expect(help).toMatchObject({ exit: 0, err: '' })
      expect(help.out).toContain(`holdfast ${name}`)
      expect(main.out.includes(`\n  ${name} `)).toBe(internal !== true)
      expect((await say('help', name)).out).toBe(help.out)
    }
  })
  test('doing nothing is no success', async () => {
    const nothing = await say()
    expect(nothing).toMatchObject({ exit: 2, out: '' })
    expect(nothing.err).toContain('holdfast COMMAND')
  })
  test('the version is that of the package', async () => {
    expect((await say('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
  test('it loads neither zod nor anything of the engine', () => {
    const script = `
      import { registerHooks } from 'node:module'
      const loaded = []
      registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
      process.argv = ['node', 'holdfast', ...process.argv.slice(1)]
      await import(${JSON.stringify(new URL('./main.ts', import.meta.url).href)})
      console.error(JSON.stringify(loaded))`
    for (const args of [['--help'], ['run', '--help'], ['--version']]) {
      const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script, '--', ...args], {
        encoding: 'utf8',
      })
      expect(ran.status, ran.stderr).toBe(0)
      const loaded: unknown = JSON.parse(ran.stderr.trim().split('\n').at(-1) ?? '')
      expect(String(loaded)).toContain('harness/cli/dispatch.ts')
      expect(String(loaded)).not.toMatch(/zod|harness\/(contract|engine|requirements)|fast-check/)
    }
  })
})

describe('wrong usage: one sentence with what was meant, and exit 2', () => {
  test.each([
    [['rnu'], 'There is no command rnu of holdfast; did you mean run?'],
    [['frobnicate'], 'There is no command frobnicate of holdfast; holdfast --help lists the commands.'],
    [['--versoin'], 'There is no flag --versoin of holdfast; did you mean --version?'],
    [['run', '--sed', '3'], 'holdfast run has no flag --sed; did you mean --seed?'],
    [['run', '--zzzzzz'], 'holdfast run has no flag --zzzzzz; holdfast run --help lists them.'],
    [['run', '--seed'], '--seed needs a value: --seed S.'],
    [['run', '--vault', '--strict'], '--vault needs a value: --vault SPEC.'],
    [['run', '--out='], '--out needs a value: --out DIR.'],
    [['run', '--strict=yes'], '--strict takes no value, and was given "yes".'],
    [['run', '--seed', '1', '--seed', '2'], '--seed was given twice, as "1" and "2": give it once.'],
    [['run', '--seed', '1.5'], '--seed needs a whole number from -2147483648 to 2147483647, and "1.5" is none.'],
    [['run', '--programs', '0'], '--programs needs a whole number from 1 to 10000000, and "0" is none.'],
    [['run', '--budget', '30'], '--budget needs a time such as 30s, 5m or 1h, and "30" is none.'],
    [['run', '--budget', '0s'], '--budget needs a time such as 30s, 5m or 1h, and "0s" is none.'],
    [['run', '--profile', 'stroe'], '--profile: there is no profile "stroe"; did you mean store?'],
    [['run', '--require', 'store@F9'], 'write store or store@F2, with one of F0, F1, F2, F3, F4.'],
    [['run', '--require', 'sloot@F2'], '--require: there is no profile "sloot"; did you mean slot?'],
    [['run', '--only', 'ENC-01,PST-1'], '--only: there is no requirement "PST-1"; did you mean PST-01?'],
    [['run', '--only', ','], '--only names no requirement: write --only ENC-01,PST-01.'],
    [['run', '--baseline', 'none.json'], '--baseline: there is no file none.json;'],
    [['run', '--config', 'none.ts'], 'There is no configuration at none.ts: give its path with --config FILE.'],
    [['run', '--vault', 'refrence'], 'There is no vault "refrence" in holdfast.config.mjs; did you mean reference?'],
    [['run', '--vault', 'xyzzy'], 'There is no vault "xyzzy" in holdfast.config.mjs; or write it as module:./file.ts,'],
    [['run', '--vault', 'module:'], 'The vault "module:" says nothing after its colon: write module:./file.ts.'],
    [['run', '--vault', 'module:./none.ts'], 'The vault module:./none.ts is not there: no file ./none.ts in '],
    [
      ['run', '--device', 'linux-contaner'],
      '--device: there is no device "linux-contaner"; did you mean linux-container?',
    ],
    [
      ['run', '--vault', 'reference', '--device', 'host'],
      'The vault "reference" has no lane on the device host; it has model, linux-container.',
    ],
    [
      ['run', '--vault', 'stdio:python3', 'a.py'],
      'holdfast run does not know what to do with "a.py": a vault is given by --vault, in quotes where it has blanks.',
    ],
    [['smoke'], 'holdfast smoke needs a vault: --vault SPEC.'],
    [['explain', 'ENC-1'], 'holdfast explain: there is no requirement "ENC-1"; did you mean ENC-0'],
    [['explain', 'AUDD'], 'holdfast explain: there is no requirement "AUDD"; did you mean AUD'],
    [
      ['explain', 'zzzzzzzz'],
      'holdfast explain: there is no requirement "zzzzzzzz"; holdfast explain lists the families.',
    ],
    [['list', 'all'], 'holdfast list does not know what to do with "all": remove it.'],
    [['report', 'none.ndjson'], 'There is no run at none.ndjson: a run leaves it as run.ndjson in its --out folder.'],
    [['report', 'vault.ts', '--format', 'junti'], '--format: there is no format "junti"; did you mean junit?'],
  ])('holdfast %j', async (args, sentence) => {
    const { exit, out, err, asked } = await say(...args)
    expect(err).toContain(sentence)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect({ exit, out, judged: asked.options }).toEqual({ exit: 2, out: '', judged: null })
  })
})

test('a fault of our own is called one, without a stack unless it is asked for', async () => {
  const broken = { requirements: () => Promise.reject(new TypeError('boom')) }
  const shell = fakeShell(folder, broken)
  expect(await holdfast(['list'], shell)).toBe(3)
  expect(shell.said.err()).toBe('holdfast: a fault of Holdfast itself, please report it: boom\n')
  const verbose = fakeShell(folder, { devices: () => Promise.reject(new TypeError('boom')) })
  expect(await holdfast(['run', '--verbose'], verbose)).toBe(3)
  expect(verbose.said.err()).toContain('dispatch.test.ts')
})
