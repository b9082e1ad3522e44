import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import module from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { StreamRecord } from '../contract/stream.ts'
import { readStream } from '../stream/read-stream.ts'
import { holdfast } from './dispatch.ts'
import { fakeShell } from './fake-shell.ts'
import { installedEngine } from './installed-engine.ts'
import { judge } from './judge.ts'
import type { Patience } from './patience.ts'

/** What came of one command line that was run to its end, with the real engine. */
export interface Came {
  readonly exit: number
  readonly out: string
  readonly err: string
  /** Of the stream, which was readable and not cut; none where nothing was begun. */
  readonly records: readonly StreamRecord[]
}

/** Runs command lines with the real engine in less patience, and knows which processes came of them. */
export interface Hurry extends Disposable {
  readonly folder: string
  /** `holdfast run` on this project, without its configuration and without anybody's keyring. */
  run(args: readonly string[], patience?: Partial<Patience>): Promise<Came>
  /** Command lines of the processes that came of it and still live. Linux only. */
  left(): readonly string[]
}

const mark = 'HOLDFAST_TEST_RUN'
const project = resolve(import.meta.dirname, '..', '..')

/** For tests. Sets the environment of this process, which what it starts inherits. */
export function hurry(usual: Partial<Patience> = {}): Hurry {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-hurry-'))
  const config = join(folder, 'holdfast.config.mjs')
  writeFileSync(config, 'export default { vaults: {} }')
  process.env[mark] = folder
  module.enableCompileCache(join(project, '.cache', 'compiled'))
  process.env.DBUS_SESSION_BUS_ADDRESS = `unix:path=${folder}/no-bus`
  let runs = 0
  return {
    folder,
    async run(args, patience = {}) {
      const out = join(folder, `out-${runs++}`)
      const shell = fakeShell(project, {
        ...installedEngine,
        judge: (targets, options) => judge(targets, { ...options, patience: { ...usual, ...patience } }),
      })
      const given = args.includes('--config') ? [] : ['--config', config]
      const exit = await holdfast(['run', ...given, '--out', out, '--allow-login-keyring', ...args], shell)
      const said = { exit, out: shell.said.out(), err: shell.said.err() }
      const stream = join(out, 'run.ndjson')
      if (!existsSync(stream)) return { ...said, records: [] }
      const { records, cut } = readStream(stream)
      if (cut !== null) throw new Error(cut)
      return { ...said, records }
    },
    left: () => livingWith(`${mark}=${folder}`),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}

function livingWith(entry: string): readonly string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
        return environment.includes(entry) ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')] : []
      } catch {
        // It ended meanwhile, or is somebody else's.
        return []
      }
    })
}

/** What the stream says of one target that could not be run through; throws where it says none or two things. */
export function targetError(records: readonly StreamRecord[]): Extract<StreamRecord, { type: 'target-error' }> {
  const errors = records.filter((record) => record.type === 'target-error')
  const [error] = errors
  if (error === undefined || errors.length > 1)
    throw new Error(`${errors.length} target errors: ${JSON.stringify(errors)}`)
  return error
}

/** Verdicts by requirement; throws where one was given twice, or is lacking. */
export function verdicts(records: readonly StreamRecord[]): ReadonlyMap<string, string> {
  const [run] = records
  const given = records.filter((record) => record.type === 'verdict')
  const seen = new Map(given.map(({ requirement, target, verdict }) => [`${requirement} ${target}`, verdict.is]))
  const wanted = run?.type === 'run' ? run.requirements.length * run.targets.length : Number.NaN
  if (seen.size !== given.length || seen.size !== wanted)
    throw new Error(`${given.length} verdicts, ${seen.size} of them different, in place of ${wanted}`)
  return seen
}
