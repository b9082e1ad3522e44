import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readStream } from '../harness/stream/read-stream.ts'
import { blocksOf, readPage } from './pages.ts'
import { runCommand } from './run-command.ts'

const able = process.platform === 'linux' && spawnSync('python3', ['--version']).status === 0
if (!able) console.warn('SKIPPED: the example adapters were not tried: that takes Linux with python3.')

const folder = mkdtempSync(join(tmpdir(), 'holdfast-docs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const inReadme = blocksOf(readPage('README.md')).find(({ info }) => info === 'python adapter')?.text ?? ''
writeFileSync(join(folder, 'my_adapter.py'), inReadme)

const examples = [
  'python3 -B fixtures/examples/plain_adapter.py',
  'python3 -B fixtures/examples/sqlite_adapter.py',
  'node fixtures/examples/folder-adapter.ts',
  `python3 -B ${join(folder, 'my_adapter.py')}`,
]

it('the README writes an adapter in ten lines', () => {
  expect(inReadme.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(10)
})

describe.skipIf(!able).each(examples)('%s', (command) => {
  const vault = ['--vault', `stdio:${command}`, '--device', 'host']

  it('passes the smoke test', { timeout: 60_000 }, async () => {
    const { exit, output } = await runCommand(['node', 'bin/holdfast.mjs', 'smoke', ...vault])
    expect({ exit, output }).toEqual({ exit: 0, output: expect.stringContaining('fine') })
  })
  it('holds in a short run', { timeout: 60_000 }, async () => {
    const out = join(folder, 'out')
    const { exit, output } = await runCommand([
      ...['node', 'bin/holdfast.mjs', 'run', ...vault, '--programs', '8', '--out', out],
    ])
    expect({ exit, output: exit === 0 ? '' : output }).toEqual({ exit: 0, output: '' })
    const { records } = readStream(join(out, 'run.ndjson'))
    const passed = records.flatMap((record) =>
      record.type === 'verdict' && record.verdict.is === 'pass' ? [record.requirement] : [],
    )
    expect(passed).toEqual(expect.arrayContaining(['ENC-04', 'PST-06', 'LOG-01']))
  })
})
