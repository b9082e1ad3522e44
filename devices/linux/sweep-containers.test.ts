import { expect, test } from 'vitest'
import { isAlive, readRunLabels, runLabels, thisRun } from './run-label.ts'
import { isLeftOver } from './sweep-containers.ts'

const now = 1_000_000
const mine = runLabels({ host: 'here', pid: 7, since: 'x' })
const seen = (labels: Record<string, string>, running = true, created = now) => ({ labels, running, created })

test('labels are read back as they were written', () => {
  expect(readRunLabels(mine)).toEqual({ host: 'here', pid: 7, since: 'x' })
})

test('this run is alive; one of the same process id that began at another time is not', () => {
  const run = thisRun()
  expect(isAlive(run)).toBe(true)
  expect(isAlive({ ...run, since: 'earlier' })).toBe(false)
})

test('a process that is gone is not alive, a run of another machine is left alone', () => {
  const run = { host: 'here', pid: 7, since: 'x' }
  expect(isAlive(run, 'here', () => null)).toBe(false)
  expect(isAlive(run, 'elsewhere', () => null)).toBe(true)
})

test('only what a killed run left is removed', () => {
  expect(isLeftOver(seen(mine), now, () => false)).toBe(true)
  expect(isLeftOver(seen(mine, false), now, () => true)).toBe(false)
  expect(isLeftOver(seen(mine, false, now - 2 * 24 * 3600), now, () => true)).toBe(true)
  expect(isLeftOver(seen({ somebody: 'else' }, false, 0), now, () => false)).toBe(false)
})
