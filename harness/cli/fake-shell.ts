import { sampleFailure, sampleRun, sampleTexts } from '../../reports/sample-run.ts'
import type { StreamRecord } from '../contract/stream.ts'
import type { Engine, ExclusionRow, JudgeOptions, RequirementRow, TargetSpec } from './engine.ts'
import type { Shell } from './shell.ts'

const ids = ['CONC-04', 'ENC-01', 'ENC-04', 'ERR-06', 'LOG-01', 'PST-01', 'SS-02', 'SS-04', 'TXN-06']
const rows = ids.map((id): RequirementRow => {
  const text = sampleTexts(id)
  return {
    id,
    family: id.split('-', 1)[0] ?? '',
    level: text?.level === 'SHOULD' ? 'SHOULD' : 'MUST',
    profiles: ['slot', 'store'],
    clause: text?.clause ?? '',
    threat: 'LOSS',
    why: text?.why ?? '',
    advice: text?.advice ?? '',
    sources: ['somewhere#1'],
    needs: [{ name: 'keyring-present', meaning: 'a keyring answers' }],
    judges: [{ name: 'ordinary-read', meaning: 'an entry was read' }],
    twins: [{ name: 'round-trip', meaning: 'a value came back' }],
    weaknesses: [{ name: 'CWE-393', meaning: 'Return of Wrong Status Code' }],
    platforms: id === 'SS-02' ? ['desktop'] : [],
    proofs: [{ file: 'fixtures/known-bad/forgetful.ts', change: 'it forgets' }],
    scored: id !== 'LOG-01',
  }
})
const exclusion: ExclusionRow = {
  id: 'AUD-01',
  family: 'AUD',
  level: 'MUST',
  profiles: ['audit'],
  platforms: [],
  clause: 'An edited entry is detected.',
  threat: 'BYPASS',
  why: 'A payment vanishes.',
  advice: 'Chain the entries.',
  sources: ['RFC 9162'],
  weaknesses: [{ name: 'CWE-353', meaning: 'Missing Support for Integrity Check' }],
  excluded: 'There is no operation that appends to a log.',
}

/** A harness that only remembers what it was asked, for tests of the command line. */
export interface FakeShell extends Shell {
  /** What was written, both kinds. */
  readonly said: { readonly out: () => string; readonly err: () => string }
  readonly asked: { targets: readonly TargetSpec[]; options: JudgeOptions | null }
  readonly interrupt: () => void
}

/** @param over parts of the engine that a test replaces */
export function fakeShell(cwd: string, over: Partial<Engine> = {}, terminal = false): FakeShell {
  const out: string[] = []
  const err: string[] = []
  const controller = new AbortController()
  const asked: FakeShell['asked'] = { targets: [], options: null }
  const engine: Engine = {
    judge: (targets, options) => {
      asked.targets = targets
      asked.options = options
      return yielding(sampleRun)
    },
    requirements: async () => rows,
    exclusions: async () => [exclusion],
    devices: async () => [
      { name: 'model', runs: ['desktop'], fidelity: 'F0', meaning: 'simulated' },
      { name: 'host', runs: ['process'], fidelity: 'F4', meaning: 'this machine' },
      { name: 'linux-container', runs: ['process'], fidelity: 'F2', meaning: 'a container' },
    ],
    missing: async () => [],
    smoke: async () => ({ ok: true, blame: null, sentence: 'It answers.' }),
    readToken: async () => {
      const { program } = sampleFailure
      return { target: 'python-keyring@linux-container', requirement: 'PST-01', program }
    },
    shrink: async () => {
      const { program, events } = sampleFailure
      const history = { program, events, ended: 'complete' } as const
      return { history, failure: sampleFailure, executions: 7, sentence: 'PST-01 fails by 3 commands.', exit: 1 }
    },
    replay: async () => {
      const { program, events } = sampleFailure
      const history = { program, events, ended: 'complete' } as const
      return { history, failure: sampleFailure, sentence: 'PST-01 still fails.', exit: 1 }
    },
    ...over,
  }
  return {
    stdout: { isTTY: terminal, columns: 80, write: (text) => out.push(text) },
    stderr: { isTTY: terminal, columns: 80, write: (text) => err.push(text) },
    env: {},
    cwd,
    engine,
    now: () => 0,
    interrupted: controller.signal,
    interrupt: () => controller.abort(),
    said: { out: () => out.join(''), err: () => err.join('') },
    asked,
  }
}

export async function* yielding(records: readonly StreamRecord[]): AsyncGenerator<StreamRecord> {
  yield* records
}
