import { type Environment, type Fidelity, facetNames } from '../harness/contract/environment.ts'
import type { Event } from '../harness/contract/history.ts'
import type { Program } from '../harness/contract/program.ts'
import { type FailureRecord, type StreamRecord, streamVersion } from '../harness/contract/stream.ts'
import type { Verdict } from '../harness/contract/verdict.ts'
import type { RequirementText, RequirementTexts } from './requirement-text.ts'

/** A made-up run of two targets with every verdict in it: for tests of reports, and to look at how they read. */
const model = 'reference@model'
const keyring = 'python-keyring@linux-container'
const requirements = ['CONC-04', 'ENC-01', 'ENC-04', 'ERR-06', 'LOG-01', 'PST-01', 'SS-02', 'SS-04', 'TXN-06']

const text = (id: string, level: string, clause: string, why: string): readonly [string, RequirementText] => [
  id,
  { clause, why, level, threat: 'LOSS', advice: 'Keep secrets in a store on disk.', profiles: ['slot', 'store'] },
]
const rows = new Map([
  text(
    'CONC-04',
    'MUST',
    'Calls on different entries do not disturb each other.',
    'One of two saved passwords is gone.',
  ),
  text('ENC-01', 'MUST', 'A value over the limit is refused with too-large, and the old value stays.', 'Data is lost.'),
  text('ENC-04', 'MUST', 'Line ends, outer blanks and characters beyond ASCII come back unchanged.', 'A key differs.'),
  text('ERR-06', 'MUST', 'A name that holds nothing is answered with not-found.', 'The app signs the user out.'),
  text('LOG-01', 'MUST', 'No secret is written to any log.', 'A crash report carries a password.'),
  text(
    'PST-01',
    'MUST',
    'A value that the vault calls durable is there after the machine or the keyring restarts, and after the keyring was locked and unlocked.',
    'The user reboots and every secret is gone.',
  ),
  text('SS-02', 'SHOULD', 'A locked keyring is answered in bounded time.', 'The app hangs at its start.'),
  text('SS-04', 'MUST', 'A locked keyring is not answered with not-found.', 'The app sets itself up anew.'),
  text('TXN-06', 'MUST', 'An acknowledged write survives a power cut.', 'The last change is gone.'),
])
export const sampleTexts: RequirementTexts = (id) => rows.get(id)

const value = { canary: 3, size: 5, kind: 'text' } as const
const lost: Program = {
  commands: [
    { do: 'call', op: { op: 'put', name: 'mail', value } },
    { do: 'control', control: { control: 'restart-keyring' } },
    { do: 'call', op: { op: 'get', name: 'mail' } },
  ],
  schedule: [],
}
const stamp = (seq: number, command: number) => ({ seq, at: seq * 10, boot: 0, command })
const lostEvents: readonly Event[] = [
  { ...stamp(0, -1), type: 'observation', observation: { probe: 'log-sweep', bytes: 0 } },
  { ...stamp(1, 0), type: 'invoke', call: 1, op: { op: 'put', name: 'mail', value } },
  { ...stamp(2, 0), type: 'return', call: 1, outcome: { is: 'ok', value: null }, again: false },
  { ...stamp(3, 1), type: 'control', control: { control: 'restart-keyring' }, result: 'done' },
  { ...stamp(4, 2), type: 'invoke', call: 2, op: { op: 'get', name: 'mail' } },
  {
    ...stamp(5, 2),
    type: 'return',
    call: 2,
    outcome: {
      is: 'fail',
      failure: { code: 'not-found' },
      native: { domain: 'python', type: 'NoneType', code: null, message: '' },
    },
    again: false,
  },
]

export const sampleFailure: FailureRecord = {
  type: 'failure',
  target: keyring,
  requirement: 'PST-01',
  scenario: 'restarts',
  fingerprint: 'PST-01/missing',
  blame: 'vault',
  expected: 'secret #3 (text, 5 bytes)',
  seen: "'not-found' (python NoneType): the value is gone",
  program: lost,
  events: [...lostEvents],
  at: 5,
  foundWith: 31,
  shrinkRuns: 42,
  confirmed: { of: 3, failed: 3 },
  token:
    'h1.eJyrVkrLz1eyUkpKLFKqBQAzXwV9KZ2ryy5zJm0eJyrVkrLz1eyUkpKLFKqBQAzXwV9KZ2ryy5zJm0eJyrVkrLz1eyUkpKLFKqBQAzXwV9',
}

const unproven = facetNames.map((name) => [name, { is: 'unproven', why: 'no probe for it here' }])
const facets = {
  ...Object.fromEntries(unproven),
  'process-death': { is: 'proven', evidence: 'a marker in memory was gone after the kill' },
  'kernel-reboot': { is: 'disproven', evidence: 'the boot id stayed the same' },
} as Environment['facets']
const environment = (target: string, device: string, fidelity: Fidelity): StreamRecord => ({
  type: 'environment',
  target,
  environment: {
    device,
    fidelity,
    software: fidelity === 'F0' ? {} : { 'gnome-keyring': '42.1' },
    facets,
    controls: ['kill-app', 'restart-keyring'],
  },
})
const about = (target: string, name: string, device: string): StreamRecord => ({
  type: 'target',
  target,
  vault: name,
  device,
  description: {
    name,
    version: '1.0.0',
    profiles: ['store'],
    operations: ['put', 'get', 'delete'],
    values: 'text',
    limits: {},
    durability: 'durable',
    keyring: 'every-call',
    restore: 'namespace',
    derived: [],
    mapping: [],
  },
})
const verdict = (target: string, requirement: string, verdict: Verdict, situations = 120): StreamRecord => ({
  type: 'verdict',
  target,
  requirement,
  verdict,
  effort: { programs: 400, situations, twins: situations },
})
const scenario = (target: string, name: string, met: Readonly<Record<string, number>>): StreamRecord => ({
  type: 'scenario',
  target,
  scenario: name,
  programs: 400,
  commands: { put: 2000, get: 1800, 'kill-app': 300 },
  skipped: 12,
  leftOut: { 'kill-app': 12 },
  prompts: { shown: 40, matched: 31, missed: 9 },
  situations: { ...met },
  cut: null,
})

const pass: Verdict = { is: 'pass' }
const onKeyring: Readonly<Record<string, Verdict>> = {
  'ENC-01': { is: 'not-applicable', why: 'the vault states no limit' },
  'ERR-06': { is: 'unexpected-pass', why: 'the baseline says that it fails (jaraco/keyring#1)' },
  'PST-01': { is: 'fail' },
  'SS-02': { is: 'expected-fail', why: 'jaraco/keyring#545, until 2027-06-01' },
  'SS-04': { is: 'not-testable', cause: 'environment', why: 'nothing here proves that a locked keyring refuses' },
  'TXN-06': { is: 'harness-error', why: 'the container could not be restored' },
}

/** The same run, where these rows are later than its set. */
export const withAside = (...ids: readonly string[]): readonly StreamRecord[] =>
  sampleRun.map((record) =>
    record.type === 'verdict' && ids.includes(record.requirement) ? { ...record, scored: false } : record,
  )

export const sampleRun: readonly StreamRecord[] = [
  {
    type: 'run',
    stream: streamVersion,
    holdfast: '0.1.0',
    seed: 7,
    set: '1',
    budget: '400 programs a scenario',
    started: '2026-11-22T05:00:00.000Z',
    targets: [model, keyring],
    requirements,
  },
  about(model, 'reference', 'model'),
  environment(model, 'model', 'F0'),
  { type: 'smoke', target: model, ok: true, blame: null, sentence: 'The adapter answers as it should.' },
  { type: 'progress', target: model, scenario: 'entries', programs: 200, of: 400 },
  scenario(model, 'entries', { 'ordinary-read': 4120, 'marked-text': 1311, 'look-alike-name': 204 }),
  scenario(model, 'restarts', { 'ordinary-read': 500, 'read-after-restart': 902, 'read-after-power-cut': 377 }),
  ...requirements.map((id, index) => verdict(model, id, pass, 1300 - 111 * index)),
  about(keyring, 'python-keyring', 'linux-container'),
  environment(keyring, 'linux-container', 'F2'),
  { type: 'smoke', target: keyring, ok: true, blame: null, sentence: 'The adapter answers as it should.' },
  scenario(keyring, 'entries', { 'ordinary-read': 212, 'marked-text': 48, 'look-alike-name': 7 }),
  scenario(keyring, 'restarts', { 'ordinary-read': 31, 'read-after-restart': 40, 'read-after-power-cut': 0 }),
  sampleFailure,
  { ...sampleFailure, requirement: 'SS-02', blame: 'adapter', token: 'h1.second', confirmed: { of: 3, failed: 2 } },
  ...requirements.map((id) =>
    verdict(keyring, id, onKeyring[id] ?? pass, onKeyring[id]?.is === 'not-testable' ? 0 : 40),
  ),
  {
    type: 'end',
    exit: 1,
    sentence: 'Something unexpected: PST-01 fails on python-keyring@linux-container.',
    tookMs: 41_300,
  },
]
