import { expect, it } from 'vitest'
import type { Description } from '../contract/description.ts'
import type { Observation, Outcome } from '../contract/history.ts'
import type { SignedRef } from '../contract/transactions.ts'
import { factsOf } from './facts.ts'
import { asked, call, fail, historyOf, killed, ok, type Step } from './sample-history.ts'
import type { Situation } from './situations.ts'

const description: Description = {
  name: 'signer',
  version: '1',
  profiles: ['signing'],
  operations: ['sign', 'publicKeys', 'rotateKey', 'invalidateKey', 'verifySigned', 'handOver', 'accept', 'entries'],
  values: 'bytes',
  limits: {},
  durability: 'durable',
  keyring: 'every-call',
  signing: { asks: 'each', keys: 'given' },
  audit: { files: 'log-' },
  restore: 'namespace',
  derived: [],
  mapping: [],
}
const gives = (value: string | readonly string[]): Outcome => ({ is: 'ok', value })
const sign = (number: number, outcome: Outcome = gives(`transfer-${number}`), amount = 0, prompt = asked) =>
  call({ op: 'sign', transaction: { transaction: number, amount } }, outcome, ...prompt)
const replayed = fail('replayed')
const refused = (number: number, code: 'replayed' | 'rejected' | 'internal', amount = 0) =>
  call({ op: 'sign', transaction: { transaction: number, amount } }, fail(code))
const verify = (outcome: Outcome, how: SignedRef['how'] = 'as-given') =>
  call({ op: 'verifySigned', signed: { transaction: 1, how } }, outcome)
const accept = (outcome: Outcome, how: SignedRef['how'] = 'as-given') =>
  call({ op: 'accept', signed: { transaction: 1, how } }, outcome)
const rotate = call({ op: 'rotateKey' }, ok)
const end = call({ op: 'invalidateKey' }, ok)
const keys = (...texts: readonly string[]) => call({ op: 'publicKeys' }, gives(texts))
const handOver = (...texts: readonly string[]) => call({ op: 'handOver' }, gives(texts))
const entries = (...numbers: readonly number[]) =>
  call({ op: 'entries' }, gives(numbers.map((number) => JSON.stringify(['sign', `transfer-${number}`]))))
const given = call({ op: 'rotateKey', key: { canary: 501, size: 32, kind: 'binary' } }, ok)
const sweep: Observation = { probe: 'file-sweep', files: 1, bytes: 10 }
const leak = (where: string): Observation => ({ probe: 'leak', in: 'file', where, encoding: 'hex', canary: 501 })

/** How often this situation occurred, and what was wrong. */
const told = (situation: Situation, steps: readonly Step[]) =>
  factsOf(historyOf(...steps), description)
    .of(situation)
    .map(({ wrong }) => wrong?.kind ?? 'held')

it.each<readonly [Situation, readonly string[], readonly Step[]]>([
  ['transaction-signed', ['held'], [sign(1)]],
  ['transaction-signed', ['refused-first'], [refused(1, 'replayed')]],
  ['transaction-signed', [], [refused(1, 'internal')]],
  ['signed-again', ['held'], [sign(1), refused(1, 'replayed')]],
  ['signed-again', ['signed-twice'], [sign(1), sign(1)]],
  ['signed-again', ['internal'], [sign(1), refused(1, 'internal')]],
  ['signed-again', ['rejected'], [sign(1), refused(1, 'rejected')]],
  ['signed-again', ['held'], [sign(1), refused(1, 'rejected', 1)]],
  ['signed-again', [], [sign(1, killed), sign(1)]],
  ['signed-again', ['signed-twice'], [sign(1, killed), refused(1, 'replayed'), sign(1)]],
  ['signed-again', [], [{ control: 'wipe-keyring' }, sign(1), sign(1)]],
  ['signature-asked', ['held'], [sign(1)]],
  ['signature-asked', ['unasked'], [sign(1, gives('transfer-1'), 0, [] as never)]],
  ['signature-asked', ['unconfirmed'], [sign(1, gives('transfer-1'), 0, ['shown', 'dismissed'] as never)]],
  ['signature-asked', ['held'], [sign(1, fail('user-cancelled'), 0, ['shown', 'dismissed'] as never)]],
  ['signature-verified', ['held'], [sign(1), verify(ok)]],
  ['signature-verified', ['not-verifySigned'], [sign(1), verify(fail('rejected'))]],
  ['verified-after-key-change', ['held'], [sign(1), rotate, verify(ok)]],
  ['verified-after-key-change', ['not-verifySigned'], [sign(1), end, verify(fail('key-invalidated'))]],
  ['verified-after-key-change', ['not-accept'], [sign(1), end, accept(fail('rejected'))]],
  ['signature-altered', ['held'], [sign(1), verify(fail('rejected'), 'altered')]],
  ['signature-altered', ['altered-verifySigned'], [sign(1), verify(ok, 'altered')]],
  ['signature-altered', ['altered-accept'], [sign(1), accept(ok, 'altered')]],
  ['altered-refused', [], [sign(1), verify(ok, 'altered')]],
  ['public-keys-told', [], [keys('a'), keys('a')]],
  ['public-keys-told', ['held'], [keys('a'), rotate, keys('a', 'b')]],
  ['public-keys-told', ['key-forgotten'], [keys('a'), rotate, keys('b')]],
  ['accepted-once', ['held'], [sign(1), accept(ok)]],
  ['accepted-again', ['held'], [sign(1), accept(ok), accept(replayed)]],
  ['accepted-again', ['accepted-twice'], [sign(1), accept(ok), accept(ok)]],
  ['accepted-again', ['internal'], [sign(1), accept(ok), accept(fail('internal'))]],
  ['accepted-again', [], [sign(1), accept(killed), accept(replayed)]],
  ['handed-over', [], [handOver()]],
  ['handed-over', ['held'], [sign(2), sign(1), handOver('transfer-2', 'transfer-1')]],
  ['handed-over', ['other-order'], [sign(2), sign(1), handOver('transfer-1', 'transfer-2')]],
  ['handed-over', ['lost'], [sign(1), handOver()]],
  ['handed-over', ['lost'], [sign(1, killed), refused(1, 'replayed'), handOver()]],
  ['handed-over', ['never-signed'], [sign(1), handOver('transfer-1', 'transfer-2')]],
  ['handed-over', ['never-signed'], [handOver('unknown')]],
  ['handed-over', ['held', 'sent-again'], [sign(1), handOver('transfer-1'), handOver('transfer-1')]],
  ['handed-over', ['refused'], [sign(1), call({ op: 'handOver' }, fail('internal'))]],
  ['handed-over', [], [sign(1, killed), handOver('transfer-1')]],
  ['transactions-logged', ['held'], [sign(1), entries(1)]],
  ['transactions-logged', ['unlogged'], [sign(1), entries()]],
  ['transactions-logged', ['logged-twice'], [sign(1), entries(1, 1)]],
  ['transactions-logged', ['logged-unsigned'], [refused(1, 'rejected'), entries(1)]],
  ['transactions-logged', [], [sign(1, killed), entries(1)]],
  ['transactions-logged', ['unlogged'], [sign(1, killed), handOver('transfer-1'), entries()]],
  ['transactions-logged', ['secret-in-log'], [given, leak('log-3')]],
  ['signing-key-searched', ['held'], [given, sweep]],
  ['signing-key-searched', [], [rotate, sweep]],
  ['signing-key-searched', ['held'], [given, leak('elsewhere')]],
])('%s: %j', (situation, expected, steps) => {
  expect(told(situation, steps)).toEqual(expected)
})
