import { afterAll, describe, expect, test } from 'vitest'
import { hurry, targetError, verdicts } from './fake-hurry.ts'

const { run, [Symbol.dispose]: dispose } = hurry()
afterAll(dispose)

const modules = 'fixtures/bad-adapters'
const few = ['--programs', '3', '--only', 'ENC-01,ENC-04,CONC-02']

async function sentenceOf(name: string, patience = {}): Promise<string> {
  const { exit, err, records } = await run([...few, '--vault', `module:${modules}/${name}.mjs`], patience)
  const error = targetError(records)
  expect({ exit, blame: error.blame, cause: error.cause }).toEqual({ exit: 3, blame: 'adapter', cause: 'adapter' })
  expect(new Set(verdicts(records).values())).toEqual(new Set(['not-testable']))
  expect(error.sentence).not.toContain('\n')
  expect(err).toContain(`${name}@model: ${error.sentence}\n`)
  return error.sentence
}

describe.concurrent('a broken module is told in one sentence, and exit 3', { timeout: 30_000 }, () => {
  test('the sound one that others change passes, whatever it prints, with promises or without', async () => {
    for (const name of ['sound-module', 'module-prints']) {
      const { exit, records } = await run([...few, '--vault', `module:${modules}/${name}.mjs`])
      expect(exit).toBe(0)
      expect(verdicts(records).get(`ENC-01 ${name}@model`)).toBe('pass')
    }
  })
  test.each([
    ['module-does-not-load', `The module ${modules}/module-does-not-load.mjs does not load: Cannot find module `],
    [
      'module-exports-nothing',
      `The module ${modules}/module-exports-nothing.mjs exports no vault: write \`export default { description, open }\`.`,
    ],
    [
      'module-describes-wrongly',
      `The module ${modules}/module-describes-wrongly.mjs describes its vault wrongly: description: Unrecognized key: "durabilty"`,
    ],
    ['module-answers-nothing', "'availability' of 'sound' gave what is no answer: give { is: 'ok', value }, "],
    [
      'module-ends-the-thread',
      `The vault 'module:${modules}/module-ends-the-thread.mjs' ended the thread that it runs in.`,
    ],
    [
      'module-throws-outside',
      `The vault 'module:${modules}/module-throws-outside.mjs' failed outside of any call: nobody hears me: let each`,
    ],
  ])('%s', async (name, sentence) => {
    expect(await sentenceOf(name)).toContain(sentence)
  })
  test('an endless loop is ended, and told once', async () => {
    expect(await sentenceOf('module-loops', { silenceMs: 1500 })).toBe(
      `The vault 'module:${modules}/module-loops.mjs' held its thread for 1.5 s: it loops or waits without end.`,
    )
  })
  test('a call that never settles is not waited for', async () => {
    expect(await sentenceOf('module-never-settles', { callMs: 300 })).toMatch(
      /^'\w+' was not answered, and nothing is left that could answer it: the adapter or the vault hangs\.$/,
    )
  })
  test('one broken target keeps no other from being judged', async () => {
    const both = ['sound-module', 'module-exports-nothing'].flatMap((name) => [
      '--vault',
      `module:${modules}/${name}.mjs`,
    ])
    const { exit, records } = await run([...few, ...both])
    expect(exit).toBe(3)
    expect(targetError(records).target).toBe('module-exports-nothing@model')
    expect(verdicts(records).get('ENC-01 sound-module@model')).toBe('pass')
  })
})
