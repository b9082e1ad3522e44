import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FailureRecord, StreamRecord } from '../contract/stream.ts'
import { readToken } from '../engine/token.ts'
import { readStream } from '../stream/read-stream.ts'
import { holdfast } from './dispatch.ts'
import { fakeShell } from './fake-shell.ts'
import { installedEngine } from './installed-engine.ts'
import { shrink } from './shrink.ts'

const project = resolve(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'holdfast-shrink-'))
afterAll(() => rmSync(folder, { recursive: true }))

const say = async (...args: readonly string[]) => {
  const shell = fakeShell(project, installedEngine)
  const exit = await holdfast(args, shell)
  return { exit, out: shell.said.out(), err: shell.said.err() }
}
const stream = join(folder, 'run.ndjson')
const stale = 'module:./fixtures/known-bad/stale-read-cache.ts'
const flags = ['--requirement', 'PST-06'] as const
let failure: FailureRecord

beforeAll(async () => {
  const programs = ['--programs', '40', '--only', 'PST-06']
  await say('run', '--vault', stale, ...programs, '--out', folder)
  const found = readStream(stream).records.find((record) => record.type === 'failure')
  if (found?.type !== 'failure') throw new Error('it should have failed')
  failure = found
})

test('a run keeps the program as it was found', () => {
  expect(failure.foundWith).toBeGreaterThan(failure.program.commands.length)
  expect(failure.unshrunk?.commands).toHaveLength(failure.foundWith)
})

describe('holdfast shrink', { timeout: 30_000 }, () => {
  test('cuts the program as it was found down, prints story, token and executions, and writes nothing', async () => {
    // As if the run had had no time to shrink.
    const { unshrunk, ...rest } = failure
    if (unshrunk === undefined) throw new Error('it was not shrunk')
    const whole = join(folder, 'whole.ndjson')
    const records = readStream(stream).records.map(
      (record): StreamRecord => (record.type === 'failure' ? { ...rest, program: unshrunk } : record),
    )
    writeFileSync(whole, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
    const before = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    const { exit, out, err } = await say('shrink', whole, ...flags)
    expect({ exit, err }).toEqual({ exit: 1, err: '' })
    expect(out).toMatch(/> 4\. Asked to read "\w+"; it gave back secret #\d/)
    const sentence = out.replaceAll(/\s+/g, ' ')
    const said = /PST-06 fails on stale-read-cache@model by 4 commands, cut from (\d+) in (\d+) executions\. $/.exec(
      sentence,
    )
    expect(said?.[1]).toBe(String(failure.foundWith))
    expect(sentence).toContain(`shrunk to 4 in ${said?.[2]} runs`)
    const token = /holdfast replay (hf1\.\S+)/.exec(out)?.[1] ?? ''
    expect(readToken(token)).toMatchObject({ target: 'stale-read-cache@model', requirement: 'PST-06' })
    expect(readToken(token).program.commands).toHaveLength(4)
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(before)
  })
  test('says so where it can be made no shorter', async () => {
    const { exit, out } = await say('shrink', stream, ...flags)
    expect(exit).toBe(1)
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/by 4 commands, and \d+ executions found no fewer\. $/)
  })
  test('says that a vault that was mended held', async () => {
    const { exit, out } = await say('shrink', stream, ...flags, '--vault', 'module:./fixtures/sound/store.ts')
    expect(exit).toBe(0)
    expect(out).toContain('PST-06 held on 2 of 2 replays on stale-read-cache@model.')
  })
  test('takes a token in place of a run', async () => {
    const { exit, out } = await say('shrink', failure.token, '--vault', stale)
    expect(exit).toBe(1)
    expect(out).toContain('PST-06 fails on stale-read-cache@model')
  })
  test.each([
    [['shrink', stream], 2, 'holdfast shrink needs a requirement: --requirement ID; in this run failed PST-06.'],
    [['shrink', stream, '--requirement', 'PST-6'], 2, 'there is no requirement "PST-6"; did you mean PST-06?'],
    [
      ['shrink', stream, '--requirement', 'WAN-01'],
      2,
      '--requirement: no check decides WAN-01 yet. The contract has no',
    ],
    [['shrink', stream, '--requirement', 'ENC-01'], 2, 'ENC-01 did not fail in '],
    [['shrink', stream, ...flags, '--budget', '5'], 2, '--budget needs a time'],
    [['shrink', stream, ...flags, '--device', 'host'], 2, 'PST-06 did not fail on the device host in '],
    [['shrink', join(project, 'README.md'), ...flags], 3, 'line 1 is not a record of a run (it is not JSON)'],
    [['shrink', 'none.ndjson', ...flags], 2, 'There is no run at none.ndjson'],
    [['shrink', 'hf1.x'], 2, 'This replay token is damaged'],
  ])('%j is one clear sentence', async (args, exit, sentence) => {
    const said = await say(...args)
    expect(said).toMatchObject({ exit, out: '' })
    expect(said.err).toContain(sentence)
    expect(said.err.trimEnd().split('\n')).toHaveLength(1)
  })
  test('a token whose vault nothing names any more, and one that says nothing, are told in words', async () => {
    const unnamed = await say('shrink', failure.token)
    expect(unnamed).toMatchObject({ exit: 2, out: '' })
    expect(unnamed.err).toContain('the vault "stale-read-cache", which holdfast.config.ts does not name: say how')
    const silent = await say('shrink', failure.token, '--requirement', 'TXN-01', '--vault', stale)
    expect(silent.exit).toBe(3)
    expect(silent.out.replaceAll(/\s+/g, ' ')).toContain(
      'TXN-01 did not fail on 1 of 1 replays on stale-read-cache@model, which say nothing of it either: what is judged did not occur (the process was killed during a write of the entry that was then read).',
    )
  })
  test('a run that was cut is read as far as it goes', async () => {
    const whole = readFileSync(stream, 'utf8')
    const cut = join(folder, 'cut.ndjson')
    writeFileSync(cut, whole.slice(0, whole.indexOf('"type":"verdict"')))
    const { exit, err } = await say('shrink', cut, ...flags)
    expect(exit).toBe(1)
    expect(err).toMatch(/^holdfast: The run was cut: /)
  })
  test('a device that cannot run here is said with what it lacks', async () => {
    const lacking = { ...installedEngine, missing: async () => ['a container engine is not installed: apt-get it.'] }
    const shell = fakeShell(project, lacking)
    expect(await holdfast(['shrink', stream, ...flags], shell)).toBe(3)
    expect(shell.said.err()).toBe(
      'holdfast: stale-read-cache@model cannot run here: a container engine is not installed: apt-get it.\n',
    )
  })
  test('a vault that comes to loop without end is ended, and what was found until then is told', async () => {
    const vault = 'module:./fixtures/bad-adapters/module-forgets-and-loops.mjs'
    const target = { name: 'forgets@model', vault, device: 'model' }
    const { program, scenario } = failure
    const recorded = { requirement: 'PST-06', scenario, fingerprint: null, programs: [program] }
    const said = await shrink(recorded, target, {
      budgetMs: 60_000,
      allowLoginKeyring: false,
      patience: { silenceMs: 1500 },
      interrupted: new AbortController().signal,
      onExecution() {},
    })
    expect(said.exit).toBe(1)
    expect(said.failure?.program.commands.length).toBeLessThan(program.commands.length)
    expect(said.sentence).toMatch(
      /^PST-06 fails on forgets@model by \d commands, .* Then it could not go on: The vault '.*module-forgets-and-loops\.mjs' held its thread for 1\.5 s: it loops or waits without end\.$/,
    )
  })
  test('a vault that is not where it was is said to be gone', async () => {
    const moved = join(folder, 'moved.ndjson')
    writeFileSync(moved, readFileSync(stream, 'utf8').replaceAll('stale-read-cache.ts', 'gone.ts'))
    const { exit, err } = await say('shrink', moved, ...flags)
    expect(exit).toBe(2)
    expect(err).toContain('The vault module:./fixtures/known-bad/gone.ts is not there')
  })
})
