import { expect, test } from 'vitest'
import { estimated, spentOn } from './estimated.ts'

test('what a run may take is told with what each way to put the vault back costs', () => {
  const told = estimated({
    type: 'estimate',
    target: 'mine@lab',
    restoring: [
      { is: 'works', way: 'fresh-names', ms: 130 },
      { is: 'works', way: 'clear-data', ms: 1240 },
      { is: 'fails', way: 'reinstall', why: 'the phone has no room' },
    ],
    way: 'fresh-names',
    restoreMs: 130,
    programMs: 1810,
    programs: 96,
    phones: 2,
    totalMs: 93_120,
  })
  expect(told).toBe(
    "about 2 min for 96 programs on 2 phones, each 0.1 s to put the vault back by fresh names (by clearing the app's data 1.2 s; not by installing the app anew: the phone has no room) and 1.8 s to run",
  )
})

test('what it took is told in the same words', () => {
  const spent = {
    type: 'spent',
    target: 'mine@lab',
    way: 'clear-data',
    programs: 1,
    restoreMs: 900,
    programMs: 100,
  } as const
  expect(spentOn({ ...spent, totalMs: 1000 })).toBe(
    "1 program took 1 s: each 0.9 s to put the vault back by clearing the app's data and 0.1 s to run (medians)",
  )
})
