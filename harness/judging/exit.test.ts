import { describe, expect, it } from 'vitest'
import type { Verdict } from '../contract/verdict.ts'
import { endOf, type Judged } from './exit.ts'

const one = (requirement: string, verdict: Verdict, more: Partial<Judged> = {}): Judged => ({
  target: 'v@d',
  requirement,
  level: 'MUST',
  profiles: ['store'],
  fidelity: 'F2',
  verdict,
  scored: true,
  ...more,
})
const pass = one('A-01', { is: 'pass' })
const budget: Verdict = { is: 'not-testable', cause: 'budget', why: 'never occurred' }

describe('how a run ends', () => {
  it.each<[string, readonly Judged[], readonly string[], boolean, number]>([
    ['all held', [pass], [], false, 0],
    ['a MUST fails', [pass, one('B-01', { is: 'fail' })], [], false, 1],
    ['a SHOULD fails', [pass, one('B-01', { is: 'fail' }, { level: 'SHOULD' })], [], false, 0],
    ['a SHOULD fails, strictly', [pass, one('B-01', { is: 'fail' }, { level: 'SHOULD' })], [], true, 1],
    ['a known failure', [pass, one('B-01', { is: 'expected-fail', why: 'known' })], [], false, 0],
    ['a known failure that passes', [pass, one('B-01', { is: 'unexpected-pass', why: 'fixed' })], [], false, 1],
    ['some not testable', [pass, one('B-01', budget)], [], false, 0],
    ['nothing testable', [one('B-01', budget)], [], false, 3],
    ['no verdict at all', [], [], false, 3],
    ['a fault of ours', [pass, one('B-01', { is: 'harness-error', why: 'lost' })], [], false, 3],
    ['a MUST fails that is not scored', [pass, one('B-01', { is: 'fail' }, { scored: false })], [], true, 0],
    ['a target that could not run', [pass], ['w@d'], false, 3],
    ['a failure and a target that could not run', [one('B-01', { is: 'fail' })], ['w@d'], false, 1],
  ])('%s', (_, judged, faults, strict, exit) => {
    expect(endOf(judged, faults, strict, null).exit).toBe(exit)
  })
  it('says what is not shown of a demanded profile', () => {
    const demand = { profile: 'store', fidelity: 'F2' as const }
    expect(endOf([pass], [], false, demand).exit).toBe(0)
    expect(endOf([pass, one('B-01', budget)], [], false, demand)).toMatchObject({
      exit: 1,
      sentence: expect.stringContaining('B-01'),
    })
    expect(endOf([pass, one('B-01', budget, { scored: false })], [], false, demand).exit).toBe(0)
    expect(endOf([{ ...pass, fidelity: 'F0' }], [], false, demand)).toMatchObject({
      exit: 1,
      sentence: expect.stringContaining('F2'),
    })
  })
})
