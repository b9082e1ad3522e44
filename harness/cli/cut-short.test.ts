import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { connectEngine } from '../../devices/linux/engine.ts'
import { readStream } from '../stream/read-stream.ts'
import { hurry, targetError, verdicts } from './fake-hurry.ts'
import { judge } from './judge.ts'

const { run, left, folder, [Symbol.dispose]: dispose } = hurry()
afterAll(dispose)

const project = resolve(import.meta.dirname, '..', '..')
const sound = ['--vault', 'module:fixtures/bad-adapters/sound-module.mjs']
const piped = ['--vault', 'stdio:node fixtures/bad-adapters/sound.mjs']
const hung = ['--vault', 'stdio:node fixtures/bad-adapters/hangs-at-hello.mjs']
const endless = ['--programs', '1000000', '--only', 'ENC-01']
const engine = await connectEngine().catch(() => null)
const linux = process.platform === 'linux'

/** The program itself, begun; `begins` resolves when it says that of a target. */
function started(out: string, args: readonly string[]) {
  const main = join(project, 'harness', 'cli', 'main.ts')
  const config = join(folder, 'holdfast.config.mjs')
  const child = spawn(
    process.execPath,
    [main, 'run', '--config', config, '--out', join(folder, out), '--allow-login-keyring', ...args],
    { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let err = ''
  const says = (text: string): Promise<void> =>
    new Promise((done) => {
      child.stderr.on('data', () => err.includes(text) && done())
    })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk
  })
  child.stdout.resume()
  return { child, says, err: () => err, stream: () => readStream(join(folder, out, 'run.ndjson')) }
}
const exitOf = async (child: ChildProcess): Promise<unknown> => (await once(child, 'close'))[0]

test('--budget begins no new program after its time, and stream and last sentence say where', async () => {
  const { exit, records, out } = await run(['--programs', '1000000', '--budget', '1s', ...sound])
  // On a machine that is too busy to begin within that time nothing is judged.
  expect(exit).toBe([...verdicts(records).values()].includes('pass') ? 0 : 3)
  expect(records[0]).toMatchObject({ budget: '1000000 programs, no new one after 1 s' })
  const scenarios = records.filter((record) => record.type === 'scenario')
  expect(scenarios.map(({ cut }) => cut)).toEqual(scenarios.map(() => 'the time given by --budget was spent'))
  expect(scenarios[0]?.programs).toBeLessThan(1_000_000)
  expect(out.replaceAll(/\s+/g, ' ')).toContain(
    `sound-module@model was cut in its scenario ${scenarios[0]?.scenario}: the time given by --budget was spent.`,
  )
}, 30_000)

test('a reader that leaves early ends the targets that still run', async () => {
  const spec = { name: 'sound@host', vault: 'stdio:node fixtures/bad-adapters/sound.mjs', device: 'host' }
  const options = { seed: 1, programs: 1_000_000, budgetMs: null, only: ['ENC-01'], profile: null, strict: false }
  const records = judge([spec], { ...options, baseline: null, allowLoginKeyring: true })
  for await (const record of records) if (record.type === 'progress') break
  expect(left()).toEqual([])
}, 30_000)

describe('a full disk', () => {
  test.skipIf(!existsSync('/dev/full'))(
    'ends the program with exit 3, and all that it started',
    async () => {
      mkdirSync(join(folder, 'full'))
      symlinkSync('/dev/full', join(folder, 'full', 'run.ndjson'))
      const { child, err } = started('full', [...endless, ...sound, ...piped])
      expect(await exitOf(child)).toBe(3)
      expect(err()).toMatch(/holdfast: The run stopped being recorded in .*: the disk is full \(ENOSPC\)\./)
      expect(left()).toEqual([])
    },
    30_000,
  )
})

describe('Ctrl-C', () => {
  test('ends in good order: exit 130, a stream with its end, no process left', async () => {
    const { child, says, stream } = started('interrupted', [...endless, ...sound, ...piped])
    await says('sound@host: begins')
    child.kill('SIGINT')
    expect(await exitOf(child)).toBe(130)
    const { records, cut } = stream()
    expect(cut).toBeNull()
    expect(records.at(-1)).toMatchObject({ type: 'end', exit: 130 })
    expect(records.some((record) => record.type === 'scenario' && record.cut === 'interrupted')).toBe(true)
    expect(left()).toEqual([])
  }, 30_000)
  test.skipIf(!linux)(
    'twice ends at once, even where an adapter hangs, and takes its process along',
    async () => {
      const { child, says, stream } = started('twice', [...endless, ...sound, ...hung])
      await says('sound-module@model: begins')
      await vi.waitFor(() => expect(left().join()).toContain('hangs-at-hello'), { timeout: 10_000 })
      child.kill('SIGINT')
      await says('Stopping after what is under way')
      child.kill('SIGINT')
      expect(await exitOf(child)).toBe(130)
      expect(stream().cut).toMatch(/^The run was cut: /)
      // The kernel ends it as we end, perhaps a moment later.
      await vi.waitFor(() => expect(left()).toEqual([]), { timeout: 5000 })
    },
    30_000,
  )
})

describe('containers', () => {
  const lane = ['--device', 'linux-container']
  test('without an engine the others are judged, and exit 3 says that one was not', async () => {
    vi.stubEnv('DOCKER_HOST', `unix://${folder}/no-engine.sock`)
    const mixed = ['--vault', 'stdio:node fixtures/bad-adapters/sound.mjs', ...lane, '--device', 'host']
    const both = await run(['--programs', '3', '--only', 'ENC-01', ...mixed])
    vi.unstubAllEnvs()
    expect(both.exit).toBe(3)
    const { target, blame, cause, sentence } = targetError(both.records)
    expect({ target, blame, cause }).toEqual({
      target: 'sound@linux-container',
      blame: 'environment',
      cause: 'environment',
    })
    expect(sentence).toMatch(
      /^No container engine answers at DOCKER_HOST=unix:.*no-engine\.sock\. Start Docker, or point/,
    )
    expect(verdicts(both.records).get('ENC-01 sound@host')).toBe('pass')
    expect(both.records.at(-1)).toMatchObject({ sentence: 'Not judged: sound@linux-container.' })
  }, 30_000)

  test.skipIf(engine === null)(
    'Ctrl-C leaves none behind',
    async () => {
      const { child, says, stream } = started('container', [...endless, ...piped, ...lane])
      const ours = async () => {
        const all = (await engine?.listContainers({ all: true, filters: { label: ['holdfast.run'] } })) ?? []
        return all.filter(({ Labels }) => Labels['holdfast.run']?.startsWith(`${child.pid}/`))
      }
      await says('sound@linux-container: begins')
      expect(await ours()).toHaveLength(1)
      child.kill('SIGINT')
      expect(await exitOf(child)).toBe(130)
      expect(stream().cut).toBeNull()
      expect(await ours()).toEqual([])
    },
    600_000,
  )
})
