import { describe, expect, it } from 'vitest'
import { model } from '../../devices/model/model.ts'
import { knownBadVaults } from '../../fixtures/known-bad/index.ts'
import soundStore from '../../fixtures/sound/store.ts'
import type { Command, Program } from '../contract/program.ts'
import type { VaultModule } from '../contract/vault.ts'
import { requirementOf } from '../requirements/index.ts'
import { values } from '../scenarios/values.ts'
import { session } from './session.ts'
import { type ShrinkAgainOptions, shrinkAgain } from './shrink-again.ts'
import { inProcessTarget } from './target.ts'

const put = (canary: number, name = 'a'): Command => ({
  do: 'call',
  op: { op: 'put', name, value: { canary, size: 16, kind: 'text' } },
})
const get = (name = 'a'): Command => ({ do: 'call', op: { op: 'get', name } })
const list: Command = { do: 'call', op: { op: 'list' } }
const program = (...commands: readonly Command[]): Program => ({ commands, schedule: [] })
/** A read is kept in a cache, and the next write does not renew it. */
const long = program(put(3, 'b'), put(1), list, get(), get('b'), put(2), list, get(), get('b'))

const requirement = requirementOf('PST-06')
const stale = knownBadVaults['stale-read-cache']
if (requirement === undefined || stale === undefined) throw new Error('they have other names now')

const again = (vault: VaultModule, over: Partial<ShrinkAgainOptions> = {}, failsAfter = Number.POSITIVE_INFINITY) => {
  const target = inProcessTarget(vault, model())
  const { description, device } = target
  const on = session(target, { prefix: 'again', deadlineMs: 1000 })
  let runs = 0
  return shrinkAgain(
    async (one) => {
      if (runs++ >= failsAfter) throw new Error('The adapter is gone.')
      return on.run(one)
    },
    {
      requirement,
      description,
      programs: [long],
      times: 1,
      replays: 0,
      arbitraryOf: () => values.program({ description, controls: device.controls, commands: 30 }),
      cut: () => null,
      onExecution() {},
      ...over,
    },
  )
}

describe('shrinking a recorded program again', () => {
  it('cuts it down to what matters, and counts what that took', async () => {
    const told: number[] = []
    const { best, executions, of } = await again(stale, { onExecution: (_, commands) => told.push(commands) })
    expect(best?.history.program.commands.map((one) => (one.do === 'control' ? '' : one.op.op))).toEqual([
      'put',
      'get',
      'put',
      'get',
    ])
    expect(best).toMatchObject({ begunWith: long, confirmed: null, finding: { fingerprint: 'PST-06/stale' } })
    expect({ of, executions }).toEqual({ of: 0, executions: told.length })
    expect([told[0], told.at(-1)]).toEqual([long.commands.length, 4])
  })
  it('keeps the shortest of several programs', async () => {
    const short = program(put(1), get(), put(2), get())
    const { best } = await again(stale, { programs: [long, short] })
    expect(best?.history.program.commands).toHaveLength(4)
    // Shrinking also makes values plain: the second was already as short.
    expect(best?.begunWith).toBe(long)
  })
  it('runs a program as often as it may before it says that it held', async () => {
    const { best, of, held, executions, first } = await again(soundStore, { times: 5, programs: [long, long] })
    expect({ best, of, held, executions }).toEqual({ best: null, of: 10, held: 10, executions: 10 })
    expect(first.program).toBe(long)
  })
  it('runs at least once, whatever the budget', async () => {
    const { of, executions } = await again(soundStore, { times: 5, cut: () => 'spent' })
    expect({ of, executions }).toEqual({ of: 1, executions: 1 })
  })
  it('keeps what was found when the target is gone', async () => {
    const { best, fault, executions } = await again(stale, {}, 4)
    expect({ fault, executions }).toEqual({ fault: 'The adapter is gone.', executions: 5 })
    expect(best?.history.program.commands.length).toBeLessThanOrEqual(long.commands.length)
  })
  it('has nothing to keep when the target never was there', async () => {
    await expect(again(stale, {}, 0)).rejects.toThrow('The adapter is gone.')
  })
})
