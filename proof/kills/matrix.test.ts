import { describe, expect, it } from 'vitest'
import type { Tried } from './kill.ts'
import { findingsOf, type MatrixRow, shortness } from './matrix.ts'
import { matrixPage } from './page.ts'

const killed = (seed: number, commands: number): Tried => ({
  seed,
  is: 'killed',
  kill: { programs: seed, scenario: 'values', commands },
})
const missed = (seed: number, by: readonly string[]): Tried => ({ seed, is: 'missed', by })
const row = (breaks: string, tried: readonly Tried[]): MatrixRow => ({
  vault: { name: `known-bad/breaks-${breaks}`, folder: 'known-bad', breaks, change: 'this | that' },
  tried,
})
const biting = row('ENC-01', [killed(1, 2), killed(2, 4)])

describe('findings', () => {
  it('are none where each vault is killed by its check, and each check kills', () => {
    expect(findingsOf([biting], ['ENC-01'])).toEqual([])
  })
  it('tell of seeds that missed, and who caught it there', () => {
    expect(findingsOf([row('ENC-01', [killed(1, 2), missed(2, ['PST-01']), missed(3, [])])], ['ENC-01'])).toEqual([
      'known-bad/breaks-ENC-01: not caught by ENC-01 on 2 of 3 seeds (2, 3); caught there by PST-01 alone.',
    ])
  })
  it('tell of checks that kill nothing', () => {
    expect(findingsOf([biting, row('PST-01', [missed(1, [])])], ['ENC-01', 'ENC-02', 'PST-01'])).toEqual([
      'known-bad/breaks-PST-01: not caught by PST-01 on 1 of 1 seeds (1); no other check caught it there.',
      'ENC-02: no known-bad vault is caught by its check.',
      'PST-01: no known-bad vault is caught by its check.',
    ])
  })
})

it('counterexamples are measured over all kills', () => {
  expect(shortness([biting, row('PST-01', [killed(1, 3), killed(2, 7)])])).toEqual({
    kills: 4,
    median: 3,
    most95: 7,
    most: 7,
  })
})

it('the page has a line for each vault, and no bar of a text ends a cell', () => {
  const page = matrixPage({ rows: [biting], requirements: ['ENC-01'], seeds: [1, 2], processSeeds: [], programs: 5 })
  expect(page).toContain(
    '| [breaks-ENC-01](../fixtures/known-bad/breaks-ENC-01.ts) | this \\| that | ENC-01 | 2 of 2 | 2, 4 | 1, 2 | values |\n',
  )
  expect(page).toContain('## Findings\n\nNone.')
})
