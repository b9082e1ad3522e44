// Longer than 300 lines: what each command asks of one fake engine, and writes into one folder.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleFailure, sampleRun } from '../../reports/sample-run.ts'
import type { StreamRecord } from '../contract/stream.ts'
import { readStream } from '../stream/read-stream.ts'
import { holdfast } from './dispatch.ts'
import type { Engine } from './engine.ts'
import { fakeShell, yielding } from './fake-shell.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-cli-'))
  writeFileSync(join(folder, 'vault.ts'), '')
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = async (args: readonly string[], over: Partial<Engine> = {}) => {
  const shell = fakeShell(folder, over)
  const exit = await holdfast(args, shell)
  return { exit, out: shell.said.out(), err: shell.said.err(), asked: shell.asked }
}
const vault = ['run', '--vault', 'module:./vault.ts'] as const
const written = (name: string): string => readFileSync(join(folder, 'holdfast-report', name), 'utf8')
const configured = (vaults: string): void =>
  writeFileSync(join(folder, 'holdfast.config.mjs'), `export default { vaults: ${vaults} }`)

describe('holdfast run', () => {
  test('judges with what was asked for, shows it, writes all reports and gives the exit code of the run', async () => {
    const { exit, out, err, asked } = await run([
      ...vault,
      ...['--device', 'host', '--seed', '-5', '--programs', '12', '--budget', '1.5m', '--only', 'pst-01, ENC-01'],
      ...['--profile', 'store', '--require', 'store@F2', '--strict', '--allow-login-keyring'],
    ])
    expect(asked.targets).toEqual([{ name: 'vault@host', vault: 'module:./vault.ts', device: 'host' }])
    expect(asked.options).toMatchObject({
      seed: -5,
      programs: 12,
      budgetMs: 90_000,
      only: ['PST-01', 'ENC-01'],
      profile: 'store',
      require: 'store@F2',
      strict: true,
      baseline: null,
      allowLoginKeyring: true,
    })
    expect(exit).toBe(1)
    expect(out).toContain('FAILED PST-01 (MUST) on python-keyring@linux-container')
    expect(out).toMatch(/Reports are in holdfast-report: run\.ndjson, junit\.xml, summary\.md\n$/)
    expect(err).toContain('reference@model: begins\n')
    expect(readStream(join(folder, 'holdfast-report', 'run.ndjson'))).toEqual({ records: sampleRun, cut: null })
    expect(written('junit.xml')).toContain('<testsuite name="reference@model"')
    expect(written('summary.md')).toContain('# Holdfast')
  })

  test('asks for the same programs every time unless a seed is given', async () => {
    expect((await run(vault)).asked.options?.seed).toBe(1)
  })
  test('--out and --baseline are taken relative to the working directory', async () => {
    writeFileSync(join(folder, 'known.json'), '{ "known": [] }')
    const { asked, out } = await run([...vault, '--out', 'a/b', '--baseline', 'known.json'])
    expect(asked.options?.baseline).toBe(join(folder, 'known.json'))
    expect(existsSync(join(folder, 'a', 'b', 'summary.md'))).toBe(true)
    expect(out).toContain('Reports are in a/b:')
  })

  test('a folder that cannot be written is wrong usage, and nothing is judged', async () => {
    writeFileSync(join(folder, 'taken'), '')
    const { exit, err, asked } = await run([...vault, '--out', 'taken'])
    expect(exit).toBe(2)
    expect(err).toMatch(
      /^holdfast: The run cannot be recorded in .*taken.run\.ndjson: .*Choose another folder with --out DIR\.\n$/,
    )
    expect(asked.options).toBeNull()
  })
  test('a report that cannot be written says so, and that the run is kept', async () => {
    const first = await run(vault)
    rmSync(join(folder, 'holdfast-report', 'junit.xml'))
    // A folder of that name stands for any reason that a file cannot be written.
    mkdirSync(join(folder, 'holdfast-report', 'junit.xml'))
    const { exit, err } = await run(vault)
    expect(first.exit).toBe(1)
    expect(exit).toBe(3)
    expect(err).toMatch(
      /junit\.xml could not be written: that is a folder, not a file \(EISDIR\)\. The run itself is kept/,
    )
  })
  test.skipIf(!existsSync('/dev/full'))(
    'a disk that fills is one sentence, exit 3, and what is known is still shown',
    async () => {
      mkdirSync(join(folder, 'full'))
      symlinkSync('/dev/full', join(folder, 'full', 'run.ndjson'))
      const { exit, err, out } = await run([...vault, '--out', 'full'])
      expect(exit).toBe(3)
      expect(err).toMatch(/holdfast: The run stopped being recorded in .*: the disk is full \(ENOSPC\)\./)
      expect(out).toContain('The run was cut before its end')
    },
  )

  test('a judge that breaks midway leaves a stream with an end, reports, and exit 3', async () => {
    const judge: Engine['judge'] = async function* () {
      yield* sampleRun.slice(0, 8)
      throw new Error('lost its way')
    }
    const { exit, out } = await run(vault, { judge })
    expect(exit).toBe(3)
    expect(out).toContain('Holdfast itself failed, please report it: lost its way')
    expect(readStream(join(folder, 'holdfast-report', 'run.ndjson')).cut).toBeNull()
    expect(written('junit.xml')).toContain('type="harness-error"')
  })
  test('an error before the first record is told as what it is', async () => {
    class BaselineError extends Error {
      override readonly name = 'BaselineError'
    }
    const judge: Engine['judge'] = () => ({
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.reject(new BaselineError('known.json: known.0: no reason')),
      }),
    })
    expect(await run(vault, { judge })).toMatchObject({ exit: 2, err: 'holdfast: known.json: known.0: no reason\n' })
  })
  test('zero checks are never a pass, whatever the run says of itself', async () => {
    const empty = sampleRun
      .filter(({ type }) => type === 'run' || type === 'end')
      .map((one): StreamRecord => (one.type === 'end' ? { ...one, exit: 0, sentence: 'Fine.' } : one))
    expect((await run(vault, { judge: () => yielding(empty) })).exit).toBe(3)
    expect((await run(vault, { judge: () => yielding(sampleRun.slice(0, -1)) })).exit).toBe(3)
  })
  test('interrupted: what was judged is written, and the exit code is 130', async () => {
    let stopped: AbortSignal | undefined
    const shell = fakeShell(folder, {
      judge: async function* (_targets, options) {
        stopped = options.signal
        yield* sampleRun.slice(0, 8)
        shell.interrupt()
      },
    })
    expect(await holdfast(vault, shell)).toBe(130)
    expect(stopped?.aborted).toBe(true)
    expect(readStream(join(folder, 'holdfast-report', 'run.ndjson')).records.at(-1)).toMatchObject({ exit: 130 })
    expect(shell.said.out()).toContain('Interrupted: what was judged until then is above.')
  })

  test('colour and redrawing only on a terminal, and no colour with NO_COLOR', async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
    const colour = /\u001b\[\d+m/
    const plain = await run(vault)
    expect(plain.out + plain.err).not.toContain('\u001b')
    const terminal = fakeShell(folder, {}, true)
    await holdfast(vault, terminal)
    expect(terminal.said.out()).toMatch(colour)
    expect(terminal.said.err()).toContain('\u001b[0J')
    const uncoloured = { ...fakeShell(folder, {}, true), env: { NO_COLOR: '1' } }
    await holdfast(vault, uncoloured)
    expect(uncoloured.said.out()).not.toContain('\u001b')
    expect(uncoloured.said.err()).not.toMatch(colour)
  })
})

describe('holdfast start', () => {
  beforeEach(() =>
    configured(
      `{ reference: { vault: 'module:./vault.ts' }, keyring: { vault: 'stdio:k', device: 'linux-container' } }`,
    ),
  )
  test('goes on with what can run here, and says twice what it left out and why', async () => {
    const lacks = 'a container engine is not installed: apt-get install docker.io'
    const { exit, err, asked } = await run(['start', '--full'], {
      missing: async (device) => (device === 'linux-container' ? [lacks] : []),
    })
    expect(asked.targets.map(({ name }) => name)).toEqual(['reference@model'])
    expect(asked.options?.full).toBe(true)
    expect(err.split(`Not judged: keyring@linux-container, as ${lacks}\n`)).toHaveLength(3)
    expect(exit).toBe(1)
  })
  test('where nothing can run there is no pass', async () => {
    const { exit, err } = await run(['start'], { missing: async () => ['no.'] })
    expect(exit).toBe(3)
    expect(err).toContain('nothing can be judged on this machine')
  })
})

test('holdfast smoke says of each lane whose fault it is', async () => {
  const smoke: Engine['smoke'] = async ({ device }) =>
    device === 'model'
      ? { ok: true, blame: null, sentence: 'It answers.' }
      : { ok: false, blame: 'adapter', sentence: 'It answered\ntwice.' }
  configured(`{ mine: [{ vault: 'module:./vault.ts' }, { vault: 'stdio:x' }] }`)
  expect(await run(['smoke', '--vault', 'mine'], { smoke })).toMatchObject({
    exit: 1,
    out: 'mine@model: fine: It answers.\nmine@host: fault of the adapter: It answered twice.\n',
  })
  expect((await run(['smoke', '--vault', 'mine', '--device', 'model'], { smoke })).exit).toBe(0)
})

test('holdfast smoke could not try an adapter where the device lacks something: exit 3', async () => {
  const smoke: Engine['smoke'] = async () => ({ ok: false, blame: 'environment', sentence: 'No engine answers.' })
  configured(`{ mine: { vault: 'stdio:x' } }`)
  expect(await run(['smoke', '--vault', 'mine'], { smoke })).toMatchObject({
    exit: 3,
    out: 'mine@host: fault of the environment: No engine answers.\n',
  })
})

test('holdfast list and explain tell of requirements and exclusions', async () => {
  const list = await run(['list'])
  expect(list.out).toContain('PST-01   MUST    A value that the vault calls durable')
  expect(list.out).toContain('9 requirements; holdfast explain ID says more of one.')
  const json: unknown = JSON.parse((await run(['list', '--json'])).out)
  expect(json).toHaveLength(9)
  expect(json).toContainEqual(expect.objectContaining({ id: 'SS-02', level: 'SHOULD', clause: expect.any(String) }))
  const explained = (await run(['explain', 'pst-01'])).out
  for (const part of [
    'what must hold\n',
    'The user reboots and every secret is gone. Secrets are lost. (LOSS)',
    'keyring-present: a keyring answers',
    'round-trip: a value came back',
    'CWE-393: Return of Wrong Status Code',
    'fixtures/known-bad/forgetful.ts: it forgets',
  ])
    expect(explained).toContain(part)
  expect(explained).not.toContain('not scored')
  expect((await run(['explain', 'LOG-01'])).out).toContain('not scored')
  expect((await run(['explain', 'SS-02'])).out).toContain(
    'SS-02  SHOULD, of the profiles slot, store on desktop, about',
  )
  const excluded = (await run(['explain', 'aud-01'])).out
  expect(excluded).toContain('why no check decides it yet\n  There is no operation that appends to a log.\n')
  expect(excluded).not.toContain('when it is judged')
  expect((await run(['list', '--excluded'])).out).toMatch(/^AUD-01 {2}MUST {4}An edited.*\n +There is no operation/)
  expect(list.out).toContain('1 more are excluded: --excluded lists them')
})

test('holdfast explain without an id lists the families, and with letters one of them', async () => {
  const all = (await run(['explain'])).out
  expect(all).toMatch(/^AUD {3}audit log +1 requirement: 1 excluded\n/)
  expect(all).toContain('10 requirements: 9 checks, 1 excluded. holdfast explain FAMILY')
  const enc = (await run(['explain', 'enc'])).out
  expect(enc).toMatch(/^ENC {2}values, names: 2 requirements: 2 checks\n\nENC-01 {2}MUST/)
  expect((await run(['explain', 'AUD'])).out).toContain('\n                excluded\n')
})

test('--only says why an excluded requirement cannot be judged', async () => {
  expect(await run([...vault, '--only', 'aud-01'])).toMatchObject({
    exit: 2,
    err: expect.stringContaining('no check decides AUD-01 yet. There is no operation that appends to a log.'),
  })
})

describe('holdfast replay', () => {
  test('runs it on the target of the token and tells the story', async () => {
    configured(`{ 'python-keyring': { vault: 'stdio:python3 a.py', device: 'linux-container' } }`)
    const { exit, out } = await run(['replay', 'hf1.x'])
    expect(exit).toBe(1)
    expect(out).toContain('  > 3. Asked to read "mail"')
    expect(out).toMatch(/PST-01 still fails\.\n$/)
  })
  test('what a device lacks is no fault of Holdfast', async () => {
    class NoEngine extends Error {
      override readonly name = 'NoEngine'
    }
    configured(`{ 'python-keyring': { vault: 'stdio:python3 a.py', device: 'linux-container' } }`)
    const replay = () => Promise.reject(new NoEngine('No engine answers.'))
    expect(await run(['replay', 'hf1.x'], { replay })).toMatchObject({
      exit: 3,
      err: 'holdfast: No engine answers.\n',
    })
  })
  test('on another device it is run on both, and told where they part', async () => {
    configured(
      `{ 'python-keyring': [{ vault: 'stdio:p', device: 'linux-container' }, { vault: 'stdio:p', device: 'host' }] }`,
    )
    const asked: (string | undefined)[][] = []
    const replay: Engine['replay'] = async (_token, { name }, { beside }) => {
      asked.push([name, beside?.name])
      const { program, events } = sampleFailure
      const answer = { is: 'fail', failure: { code: 'internal' } } as const
      return {
        history: { program, events, ended: 'complete' },
        failure: sampleFailure,
        sentence: 'PST-01 still fails.',
        exit: 1,
        comparison: {
          here: name,
          there: beside?.name ?? '',
          difference: { command: 2, in: 'answer', here: null, there: answer },
          prompts: null,
        },
      }
    }
    const { exit, out } = await run(['replay', 'hf1.x', '--device', 'host'], { replay })
    expect(asked).toEqual([['python-keyring@host', 'python-keyring@linux-container']])
    expect(exit).toBe(1)
    expect(out).toContain(
      'They part at step 3 (command 3 of 3): Asked to read "mail".\nOn python-keyring@host: it never',
    )
    await run(['replay', 'hf1.x'], { replay })
    expect(asked.at(-1)).toEqual(['python-keyring@linux-container', undefined])
  })
  test('nothing is compared where the first device cannot run here, and that is said', async () => {
    configured(
      `{ 'python-keyring': [{ vault: 'stdio:p', device: 'linux-container' }, { vault: 'stdio:p', device: 'host' }] }`,
    )
    const missing: Engine['missing'] = async (device) => (device === 'linux-container' ? ['No engine answers.'] : [])
    const { exit, err } = await run(['replay', 'hf1.x', '--device', 'host'], { missing })
    expect(err).toBe('holdfast: nothing is compared: linux-container cannot run here: No engine answers.\n')
    expect(exit).toBe(1)
  })
  test('a vault that no configuration names is reached as the last run reached it', async () => {
    await run(vault)
    const path = join(folder, 'holdfast-report', 'run.ndjson')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"vault":"python-keyring"', '"vault":"module:./vault.ts"'))
    const targets: string[] = []
    const replay: Engine['replay'] = async (_token, { name, vault }) => {
      targets.push(`${name} ${vault}`)
      const { program, events } = sampleFailure
      const history = { program, events, ended: 'complete' } as const
      return { history, failure: null, sentence: 'PST-01 holds.', exit: 0 }
    }
    expect((await run(['replay', 'hf1.x'], { replay })).exit).toBe(0)
    expect(targets).toEqual(['python-keyring@linux-container module:./vault.ts'])
    writeFileSync(path, 'broken\n\n')
    expect((await run(['replay', 'hf1.x'], { replay })).exit).toBe(2)
  })
  test('a vault that nothing names must be given', async () => {
    const { exit, err } = await run(['replay', 'hf1.x'])
    expect(exit).toBe(2)
    expect(err).toContain(
      'This token is of the vault "python-keyring", which no configuration names: say how to reach it',
    )
    const given = await run(['replay', 'hf1.x', '--vault', 'module:./vault.ts', '--device', 'model'])
    expect(given.exit).toBe(1)
  })
})

describe('holdfast report', () => {
  beforeEach(async () => {
    await run(vault)
  })
  const stream = join('holdfast-report', 'run.ndjson')
  test('writes the same reports again', async () => {
    expect((await run(['report', stream, '--format', 'junit'])).out).toBe(written('junit.xml'))
    expect((await run(['report', stream, '--format', 'markdown', '-o', 'again.md'])).out).toBe('')
    expect(readFileSync(join(folder, 'again.md'), 'utf8')).toBe(written('summary.md'))
    expect((await run(['report', stream])).out).toContain('FAILED PST-01')
  })
  test('a run that was cut is still reported, and said to be cut', async () => {
    writeFileSync(join(folder, 'cut.ndjson'), written('run.ndjson').slice(0, -40))
    const { exit, err, out } = await run(['report', 'cut.ndjson', '--format', 'junit'])
    expect(exit).toBe(0)
    expect(err).toMatch(/^holdfast: The run was cut: cut\.ndjson has \d+ records and no end/)
    expect(out).toContain('name="the run came to its end"')
  })
  test.each([
    ['', 'The run was cut before its first record: x.ndjson says nothing.', 3],
    ['hello\nyou\n', 'x.ndjson line 1 is not a record of a run', 3],
    ['{"type":"run","stream":2}\n', 'x.ndjson is a stream of version 2, and this Holdfast reads version 1', 3],
  ])('%j is no run', async (content, sentence, exit) => {
    writeFileSync(join(folder, 'x.ndjson'), content)
    const said = await run(['report', 'x.ndjson'])
    expect(said.err).toContain(sentence)
    expect(said.exit).toBe(exit)
  })
})

test('holdfast doctor says what each device lacks, and that something can run', async () => {
  const missing: Engine['missing'] = async (device) =>
    device === 'linux-container' ? ['mmdebstrap is not installed: apt-get install mmdebstrap'] : []
  const { exit, out } = await run(['doctor'], { missing })
  expect(exit).toBe(0)
  expect(out).toContain('model: can run here\n  simulated\n  F0: simulated, by our own control path\n')
  expect(out).toContain('linux-container: cannot run here\n')
  expect(out).toContain('  - mmdebstrap is not installed: apt-get install mmdebstrap\n')
  expect(out).toContain('2 of 3 devices can run on this machine.')
  expect((await run(['doctor'], { missing: async () => ['all'] })).exit).toBe(3)
})
