import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { keptResults } from './kept-results.ts'
import type { Tried } from './kill.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-kept-'))
afterAll(() => rmSync(folder, { recursive: true }))
const killed: Tried = { seed: 1, is: 'killed', kill: { programs: 2, scenario: 'values', commands: 3 } }
const missed: Tried = { seed: 2, is: 'missed', by: ['ENC-01'] }

it('what was kept is found again, and a line that was cut is not', () => {
  const file = join(folder, 'results')
  keptResults(file).keep('known-bad/a', [killed, missed])
  appendFileSync(file, '{"name":"known-bad/a","tri')
  const again = keptResults(file)
  expect(again.find('known-bad/a', 1)).toEqual(killed)
  expect(again.find('known-bad/a', 3)).toBeNull()
  again.keep('known-bad/b', [killed])
  expect(keptResults(file).find('known-bad/b', 1)).toEqual(killed)
  expect(keptResults(file).find('known-bad/a', 2)).toEqual(missed)
})
it('without a file nothing is kept', () => {
  keptResults(null).keep('known-bad/a', [killed])
  expect(keptResults(null).find('known-bad/a', 1)).toBeNull()
})
