import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { hurry, targetError, verdicts } from './fake-hurry.ts'

// Generous where an answer is awaited, short where the test is that none comes.
const { run, left, folder, [Symbol.dispose]: dispose } = hurry({ handshakeMs: 6000, callMs: 6000 })
afterAll(dispose)

const adapter = (name: string) => ['--vault', `stdio:node fixtures/bad-adapters/${name}.mjs`]
const few = ['--programs', '1', '--only', 'ENC-01,ENC-04,CONC-02']

/** Judges one broken adapter: nothing passes, one sentence blames it, and the exit code says that nothing was judged. */
async function sentenceOf(vault: readonly string[], patience = {}): Promise<string> {
  const { exit, out, err, records } = await run([...(vault.includes('--programs') ? [] : few), ...vault], patience)
  const error = targetError(records)
  expect({ exit, blame: error.blame, cause: error.cause }).toEqual({ exit: 3, blame: 'adapter', cause: 'adapter' })
  expect(records.at(-1)).toMatchObject({ type: 'end', exit: 3, sentence: `Not judged: ${error.target}.` })
  expect([...verdicts(records).values()]).not.toContain('fail')
  expect(error.sentence).not.toContain('\n')
  expect(err).toContain(`${error.target}: ${error.sentence}\n`)
  expect(out).toContain(`Not judged: ${error.target}.`)
  return error.sentence
}

const node = (name: string) => `The adapter 'node fixtures/bad-adapters/${name}.mjs'`

describe.concurrent('a broken adapter is told in one sentence, exit 3, and ended', { timeout: 30_000 }, () => {
  test('the sound one that all others change passes', async () => {
    const { exit, records } = await run([...few, ...adapter('sound')])
    expect(records.find(({ type }) => type === 'smoke')).toMatchObject({ ok: true })
    expect(exit).toBe(0)
    expect(verdicts(records).get('ENC-01 sound@host')).toBe('pass')
  })

  test('no such command', async () => {
    expect(await sentenceOf(['--vault', 'stdio:holdfast-no-such-program --serve'])).toBe(
      "The vault's process 'holdfast-no-such-program' could not be started (ENOENT). Check the command.",
    )
  })
  test.each([
    [
      'exits-at-once',
      'ended (7) before it said hello: run it by hand and see why. Its last words: ModuleNotFoundError: No module named keyring',
    ],
    [
      'prints-a-banner',
      'wrote a line that is no JSON: "Welcome to my vault 1.0": standard output is for the protocol alone, print to standard error.',
    ],
    ['half-a-line', 'wrote a line that is no JSON: "{\\"hello\\":{\\"protocol\\":1,\\"descri": standard output is'],
    [
      'speaks-protocol-2',
      'speaks protocol 2, and this Holdfast speaks 1: use an adapter and a Holdfast of the same version.',
    ],
    [
      'describes-wrongly',
      'describes the vault wrongly: description.profiles.0: Invalid option: expected one of "slot"',
    ],
    ['refuses-begin', "refused 'begin' with 'busy': it must start afresh there."],
    ['dies-at-begin', 'ended by itself 3 times (4): run it by hand and see why.'],
    [
      'answers-unknown-id',
      'answered id 777777, which nobody asked or had its answer long ago: give each answer the id',
    ],
    ['answers-unknown-code', 'answered id 1 with the code "no-such-entry", which the contract does not have: map it,'],
    ['floods-output', "failed: The vault's process wrote a line of more than 16777216 characters and was ended."],
    ['floods-answers', 'answered ids again 201 times in one program: answer each once.'],
    ['writes-garbage', 'wrote a line that is no JSON: "DEBUG ***": standard output is for the protocol alone,'],
    // Eight calls of one process take more programs: others are killed before.
    [
      'dies-in-calls',
      'ended by itself 3 times (SIGSEGV): run it by hand and see why.',
      ['--only', 'ENC-01', '--programs', '12'],
    ],
  ])('%s', async (name, sentence, more: readonly string[] = ['--only', 'ENC-01,ENC-04,CONC-02', '--programs', '1']) => {
    const said = await sentenceOf([...adapter(name), ...more])
    expect(said.startsWith(node(name))).toBe(true)
    expect(said).toContain(sentence)
  })
  test.each([
    ['claims-lifecycle', "The vault 'sound' claims the profile 'lifecycle' and has no 'setUp': describe what it has."],
    [
      'dead-mapping-row',
      "Mapping row 2 of 'sound' can never match, since row 1 takes all of it: reorder or remove it.",
    ],
    ['text-for-bytes', "The vault 'sound' says that it keeps bytes and 'get' gave text: give what is described."],
    ['nothing-for-bytes', "The vault 'sound' says that it keeps bytes and 'get' gave nothing: give what is described."],
  ])('%s', async (name, sentence) => {
    expect(await sentenceOf(adapter(name))).toBe(sentence)
  })

  test.each([
    ['hangs-at-hello', { handshakeMs: 500 }, 'did not answer the hello within 500 ms: answer it before anything slow,'],
    ['hangs-in-put', { callMs: 1500 }, "'put' was not answered within 1500 ms: the adapter or the vault hangs."],
    ['loops-in-put', { callMs: 1500 }, "'put' was not answered within 1500 ms: the adapter or the vault hangs."],
    ['closes-output', { handshakeMs: 3000 }, 'closed its standard output and went on: keep it open until the input'],
    ['hangs-after-a-while', { callMs: 150, handshakeMs: 2500 }, "did not answer 'begin' within 2500 ms: it hangs,"],
  ])('%s, and is not waited for longer than asked', async (name, patience, sentence) => {
    expect(await sentenceOf(adapter(name), patience)).toContain(sentence)
  })
})

describe.concurrent('what a vault may do now and then is judged', { timeout: 30_000 }, () => {
  test('a single death loses its call and nothing else', async () => {
    const vault = `stdio:node fixtures/bad-adapters/dies-once.mjs ${join(folder, 'died')}`
    const { exit, records } = await run([...few, '--vault', vault])
    expect(exit).toBe(0)
    expect(records.some(({ type }) => type === 'target-error')).toBe(false)
    expect(verdicts(records).get('ENC-01 dies-once@host')).toBe('pass')
  })
  test('a second answer fails the vault, and no more', async () => {
    const { exit, records } = await run([...few, ...adapter('answers-twice')])
    expect(exit).toBe(1)
    const failures = records.filter((record) => record.type === 'failure')
    expect(failures.map(({ requirement, expected }) => [requirement, expected])).toEqual([
      ['CONC-02', 'one answer for one call'],
    ])
    expect(verdicts(records).get('ENC-01 answers-twice@host')).toBe('pass')
  })
  test('calls that hang cut the run, which says so', async () => {
    const { records } = await run(['--programs', '30', '--only', 'ENC-01', ...adapter('hangs-now-and-then')], {
      callMs: 150,
    })
    const cuts = records.flatMap((record) => (record.type === 'scenario' && record.cut !== null ? [record.cut] : []))
    expect(cuts[0]).toMatch(/^\d+ calls hung until their deadline/)
  })
  test('a flood of errors is bounded and changes no verdict', async () => {
    const { exit, records } = await run([...few, ...adapter('floods-errors')])
    expect(exit).toBe(0)
    expect(verdicts(records).get('ENC-01 floods-errors@host')).toBe('pass')
  })
})

test('no process of them is left', () => {
  expect(left()).toEqual([])
})
