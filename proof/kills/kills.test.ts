import { describe, expect, it } from 'vitest'
import { readPage } from '../../docs/pages.ts'
import { tried } from './kill.ts'
import { knownBadInProcess } from './known-bad.ts'
import { rowBegins } from './page.ts'
import { knownBadInProcesses } from './process-kills.ts'

// Seeds that docs/kill-matrix.md has not: `npm run kill-matrix` has the first hundred.
const seeds = [101, 102]

describe.each(knownBadInProcess.map((vault) => [vault.name, vault] as const))('%s', (_, vault) => {
  it.each(seeds)(`is killed by ${vault.breaks} in at most 6 commands, seed %i`, async (seed) => {
    const outcome = await tried(vault, seed, undefined)
    expect(outcome).toMatchObject({ is: 'killed' })
    if (outcome.is === 'killed') expect(outcome.kill.commands).toBeLessThanOrEqual(6)
  })
})

it('docs/kill-matrix.md has every known-bad vault as it is now, and no other', () => {
  const lines = readPage('docs/kill-matrix.md').split('\n')
  const listed = lines.filter((line) => line.startsWith('| ['))
  const begins = [...knownBadInProcess, ...knownBadInProcesses].map(rowBegins)
  const missing = begins.filter((begin) => !listed.some((line) => line.startsWith(begin)))
  const gone = listed.filter((line) => !begins.some((begin) => line.startsWith(begin)))
  expect({ missing, gone }, 'run: npm run kill-matrix').toEqual({ missing: [], gone: [] })
})

it('docs/kill-matrix.md tells of no finding', () => {
  expect(readPage('docs/kill-matrix.md')).toContain('## Findings\n\nNone.\n')
})
