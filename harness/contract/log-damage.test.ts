import { expect, it } from 'vitest'
import { damageLog, type LogDamage } from './log-damage.ts'

const log = ['{"subject":"account 1"}', '{"subject":"account 2"}', '{"subject":"account 3"}']
const after = (damage: LogDamage, lines: readonly string[] = log) => {
  const files = new Map<string, Uint8Array>([
    ['header', Buffer.from('1\n2\n3\n4\n')],
    ['log-3', Buffer.from(lines.map((line) => `${line}\n`).join(''))],
  ])
  const done = damageLog(files, 'log-', damage)
  expect(Buffer.from(files.get('header') ?? []).toString()).toBe('1\n2\n3\n4\n')
  const left = files.get('log-3')
  return done ? (left === undefined ? null : Buffer.from(left).toString().split('\n').slice(0, -1)) : 'skipped'
}
const [one, two, three] = log

it.each<readonly [LogDamage['how'], number, ReturnType<typeof after>]>([
  ['edit', 1, [one ?? '', '{"subject":"bccount 2"}', three ?? '']],
  ['insert', 0, [one ?? '', one ?? '', two ?? '', three ?? '']],
  ['move', 0, [two ?? '', one ?? '', three ?? '']],
  ['move', 3, [one ?? '', three ?? '', two ?? '']],
  ['take-out', 7, [one ?? '', three ?? '']],
  ['cut-start', 0, [two ?? '', three ?? '']],
  ['cut-end', 0, [one ?? '']],
  ['cut-end', 3, [one ?? '', two ?? '']],
  ['remove', 0, null],
])('%s, at %i', (how, at, expected) => {
  expect(after({ how, at })).toEqual(expected)
})

it.each(['edit', 'insert', 'move', 'take-out', 'cut-start', 'cut-end'] as const)('%s needs lines enough', (how) => {
  expect(after({ how, at: 0 }, ['one'])).toBe('skipped')
  expect(after({ how, at: 0 }, [])).toBe('skipped')
})
