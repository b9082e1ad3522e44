import { expect, it } from 'vitest'
import { smoke } from './smoke.ts'

/** Each target comes up in a thread of its own. */
const slow = { timeout: 30_000 }

it.each([
  ['audit-module', /answers: one event logged\.$/],
  ['signing-module', /answers: its public keys are told\.$/],
  ['capabilities-module', /answers: one canary stored, read three times at once, deleted\.$/],
])('a vault that keeps no values is asked for what it has: %s', slow, async (module, sentence) => {
  const spec = { name: module, vault: `module:./reference/${module}.ts`, device: 'model' }
  const tried = await smoke(spec, { allowLoginKeyring: false })
  expect(tried).toMatchObject({ ok: true, sentence: expect.stringMatching(sentence) })
})
