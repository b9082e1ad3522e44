import { expect, it } from 'vitest'
import type { Description } from '../contract/description.ts'
import { sampleStore } from '../contract/sample-store.ts'
import { requirement } from '../requirements/pst/PST-14.ts'
import { check } from '../requirements/requirement.ts'
import { factsOf } from './facts.ts'
import { call, fail, historyOf, killed, ok, type Step, value } from './sample-history.ts'

const description: Description = { ...sampleStore, operations: ['put', 'get', 'delete', 'list'] }
const put = (name: string, outcome = ok) => call({ op: 'put', name, value: value(1) }, outcome)
const list = (...names: readonly string[]) => call({ op: 'list' }, { is: 'ok', value: names })
const facts = (...steps: readonly Step[]) => factsOf(historyOf(...steps), description)
const finding = (...steps: readonly Step[]) => check(requirement, facts(...steps), description)

it.each<[string, readonly Step[]]>([
  ['every entry once', [put('a'), put('b'), list('b', 'a')]],
  ['an entry of a killed write, or not', [put('a'), put('b', killed), list('a', 'b'), list('a', 'b')]],
  ['an alias, which is told as such', [put('a'), list('a', 'A')]],
])('holds: %s', (_, steps) => {
  expect(finding(...steps)).toMatchObject({ is: 'held' })
})

it.each<[string, readonly Step[]]>([
  ['twice', [put('a'), list('a', 'a')]],
  ['stranger', [put('a'), list('a', '.version')]],
  ['stranger', [list('.version')]],
])('is broken by a name that is listed as a %s', (kind, steps) => {
  expect(finding(...steps)).toMatchObject({ is: 'broken', fingerprint: `PST-14/${kind}` })
})

it('says nothing of lists that were refused, empty, or made without the keyring', () => {
  expect(facts(put('a'), call({ op: 'list' }, fail('internal'))).of('listed')).toEqual([])
  expect(finding(put('a'), list())).toMatchObject({ is: 'vacuous', missing: 'situation' })
  expect(facts(put('a'), { control: 'lock-keyring' }, list('.version')).of('listed')).toEqual([])
})

it('says nothing of a vault that shares its place with others, or cannot list', () => {
  expect(requirement.exempts?.(description)).toBeNull()
  expect(requirement.exempts?.({ ...description, restore: 'delete' })).toContain('what others keep')
  expect(requirement.exempts?.({ ...description, operations: ['put', 'get'] })).toContain("no 'list'")
})
