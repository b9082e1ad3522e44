import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { requirement } from './conc/CONC-02.ts'
import type { Row } from './requirement.ts'
import { rows } from './rows.ts'
import { currentSet, type FrozenSet, freeze, partings, scored } from './set.ts'
import { exclusion } from './win/WIN-01.ts'

const file = new URL('./set-1.json', import.meta.url)
// HOLDFAST_WRITE=yes freezes it anew: before a release, where a change of its rows is meant.
if (process.env.HOLDFAST_WRITE === 'yes')
  writeFileSync(file, `${JSON.stringify(freeze('1', rows, currentSet), null, 2)}\n`)
const kept = JSON.parse(readFileSync(file, 'utf8')) as FrozenSet

it('the rows of set 1 are as they were frozen', () => {
  expect(partings(kept, rows)).toEqual([])
})

it('says what is scored: the checks of the set, and no later ones', () => {
  expect(scored(requirement.id, kept)).toBe(true)
  expect(scored(exclusion.id, kept)).toBe(false)
  const aside = rows.filter((row) => row.excluded === undefined && !scored(row.id, kept))
  expect(aside.filter(({ since }) => since === undefined)).toEqual([])
  expect(currentSet.set).toBe(kept.set)
})

const set = freeze('1', [requirement, exclusion])
const parted = (...of: readonly Row[]) => partings(set, of).map((sentence) => sentence.split('.')[0])

it('frozen anew, keeps what it excluded of rows that a later set decides', () => {
  const { excluded: _, ...head } = exclusion
  const later: Row = { ...requirement, ...head, profiles: ['store'], platforms: ['desktop'], since: '2' }
  expect(freeze('1', [requirement, later], set)).toEqual(set)
  expect(Object.keys(freeze('1', [requirement, later]).rows)).toEqual([requirement.id])
})

it('freezes what a row asks for, not how it is explained', () => {
  expect(parted(requirement, exclusion)).toEqual([])
  expect(parted({ ...requirement, why: 'x', advice: 'x', sources: ['x'] }, { ...exclusion, excluded: 'x' })).toEqual([])
  const changed = 'CONC-02 says something else than in set 1: take that back, or make a new row'
  for (const change of [
    { clause: 'x' },
    { level: 'SHOULD' },
    { profiles: [] },
    { platforms: ['ios'] },
    { needs: ['power-cut'] },
    { judges: ['ordinary-read'] },
    { twin: [] },
  ] as const)
    expect(parted({ ...requirement, ...change }, exclusion)).toEqual([changed])
})

it('tells of rows that came, went, or got a check, and of a file changed by hand', () => {
  const { excluded: _, ...head } = exclusion
  const checked: Row = { ...requirement, ...head, profiles: ['store'], platforms: ['desktop'] }
  expect(parted(requirement, checked)).toEqual([
    "WIN-01 was excluded in set 1 and has a check now: give its row `since: '2'`",
  ])
  expect(parted(requirement, { ...checked, since: '2' })).toEqual([])
  expect(parted(requirement, exclusion, { ...requirement, id: 'CONC-99' })).toEqual([
    "CONC-99 is not in set 1: give its row `since: '2'`",
  ])
  expect(parted(requirement, exclusion, { ...requirement, id: 'CONC-99', since: '2' })).toEqual([])
  expect(parted(exclusion)).toEqual(['CONC-02 of set 1 is gone: put it back'])
  expect(partings({ ...set, rows: { ...set.rows, 'CONC-02': 'x' } }, [requirement, exclusion])).toHaveLength(2)
})
