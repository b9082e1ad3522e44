import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { hurry, verdicts } from './fake-hurry.ts'

const { run, folder, [Symbol.dispose]: dispose } = hurry()
afterAll(dispose)

const bad = ['--vault', 'stdio:node fixtures/bad-adapters/answers-twice.mjs']
const target = 'answers-twice@host'
const few = ['--programs', '1', '--only', 'ENC-01,CONC-02,ERR-06']
const entry = {
  target,
  requirement: 'CONC-02',
  reason: 'its callback fires twice',
  link: 'https://vault.example/issues/1',
  expires: '2999-01-01',
}

let files = 0
function baseline(known: unknown): string {
  const path = join(folder, `known-${files++}.json`)
  writeFileSync(path, typeof known === 'string' ? known : JSON.stringify({ known }))
  return path
}
const judged = (known: unknown) => run([...few, ...bad, '--baseline', baseline(known)])

describe.concurrent('a failure that is known', { timeout: 30_000 }, () => {
  test('is expected, and so is one that is known by its fingerprint', async () => {
    const { exit, records, out } = await judged([entry])
    expect(exit).toBe(0)
    expect(verdicts(records).get(`CONC-02 ${target}`)).toBe('expected-fail')
    expect(out).toContain('1 known failure as the baseline says.')
    const [failure] = records.filter((record) => record.type === 'failure')
    const exactly = await judged([{ ...entry, fingerprint: failure?.fingerprint }])
    expect(exactly.exit).toBe(0)
  })
  test('counts again when its entry has expired, and the last sentence says why', async () => {
    const { exit, records, out } = await judged([{ ...entry, expires: '2020-02-29' }])
    expect(exit).toBe(1)
    expect(verdicts(records).get(`CONC-02 ${target}`)).toBe('fail')
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      `1 unexpected result: CONC-02 on ${target} (its baseline entry expired on 2020-02-29 (its callback fires twice): ` +
        'fix it, or give a new day and reason).',
    )
  })
  test.each([
    ['of a requirement that holds', { requirement: 'ENC-01' }, 'ENC-01', 'but it holds: remove that entry'],
    [
      'of a requirement that says nothing here',
      { requirement: 'ERR-06' },
      'ERR-06',
      'but this requirement says nothing here, as the vault uses no keyring: remove that entry',
    ],
    [
      'of a failure that no longer occurs beside others that do',
      { fingerprint: 'CONC-02/an-older-bug' },
      'CONC-02',
      "but 'CONC-02/an-older-bug' was not seen again: remove that entry",
    ],
  ])('is stale: an entry %s', async (_, stale, requirement, why) => {
    const { exit, records, out } = await judged([entry, { ...entry, ...stale }])
    expect(exit).toBe(1)
    expect(verdicts(records).get(`${requirement} ${target}`)).toBe('unexpected-pass')
    expect(out.replaceAll(/\s+/g, ' ')).toContain(why)
  })
})

describe('a baseline that is wrong in itself is refused before anything is judged, and exit 2', () => {
  const { reason: _, ...reasonless } = entry
  test.each([
    ['is not JSON', '{ known: [', 'is not JSON: '],
    ['has an entry without a reason', [entry, reasonless], 'known.1.reason: say why this failure is accepted'],
    ['has an empty reason', [{ ...entry, reason: ' ' }], 'known.0.reason: say why this failure is accepted'],
    ['has no link', [{ ...entry, link: 'later' }], 'known.0.link: give the address where this is discussed'],
    ['has no day', [{ ...entry, expires: 'soon' }], 'known.0.expires: give the last day, as YYYY-MM-DD'],
    ['is about no requirement', [{ ...entry, requirement: 'CONC-99' }], "known.0: there is no requirement 'CONC-99'"],
    [
      'is about a target that nobody knows',
      [{ ...entry, target: 'answers-twice@hots' }],
      'known.0.target: neither the configuration nor this run has a target "answers-twice@hots"; did you mean answers-twice@host?',
    ],
    [
      'is about a target that is like none',
      [{ ...entry, target: 'x' }],
      'has a target "x"; this run has answers-twice@host: correct it, or remove that entry.',
    ],
  ])('it %s', async (_, known, sentence) => {
    const { exit, err, out, records } = await judged(known)
    expect(err).toContain(sentence)
    expect(err).toMatch(/^holdfast: .*known-\d+\.json/)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect({ exit, out, records }).toEqual({ exit: 2, out: '', records: [] })
  })
  test('a target of the configuration need not run this time', async () => {
    const config = join(folder, 'with-a-vault.config.mjs')
    writeFileSync(config, `export default { vaults: { other: { vault: 'stdio:other', device: 'host' } } }`)
    const others = ['other@host', 'other@linux-container'].map((name) => ({ ...entry, target: name }))
    const { exit } = await run([...few, ...bad, '--config', config, '--baseline', baseline([entry, ...others])])
    expect(exit).toBe(0)
  }, 30_000)
})
