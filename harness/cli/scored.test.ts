import { afterAll, describe, expect, test } from 'vitest'
import { hurry } from './fake-hurry.ts'

const { run, [Symbol.dispose]: dispose } = hurry()
afterAll(dispose)

/** A vault that fails PST-14 alone, which came after set 1. */
const vault = ['--vault', 'module:fixtures/known-bad/list-names-twice.ts', '--device', 'model', '--programs', '5']
const told = async (...more: readonly string[]) => {
  const { exit, records, out } = await run([...vault, ...more])
  const verdict = records.find((record) => record.type === 'verdict' && record.requirement === 'PST-14')
  const [first] = records
  return { exit, set: first?.type === 'run' ? first.set : null, verdict, out }
}

describe.concurrent('what is later than the set of a run', { timeout: 60_000 }, () => {
  test('is judged and told, and decides nothing', async () => {
    const { exit, set, verdict, out } = await told()
    expect({ exit, set }).toEqual({ exit: 0, set: '1' })
    expect(verdict).toMatchObject({ verdict: { is: 'fail' }, scored: false })
    expect(out).toContain('FAILED, not scored: PST-14 (MUST) on list-names-twice@model')
    expect(out).toContain('1 failed that is not scored.')
  })
  test('counts where it is what was asked for', async () => {
    const { exit, verdict, out } = await told('--only', 'PST-14')
    expect(exit).toBe(1)
    expect(verdict).not.toHaveProperty('scored')
    expect(out).toContain('FAILED PST-14 (MUST) on list-names-twice@model')
  })
})
