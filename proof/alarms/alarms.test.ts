import { describe, expect, it } from 'vitest'
import { knownBadVaults } from '../../fixtures/known-bad/index.ts'
import { alarmsOf, together } from './alarm.ts'
import { soundVaults } from './sound.ts'

// Seeds that `npm run no-alarms` has not: it has the first ten thousand.
const seeds = Array.from({ length: 200 }, (_, index) => 10_001 + index)

describe.each(soundVaults.map((sound) => [sound.name, sound] as const))('%s', (_, sound) => {
  it('raises no alarm in 200 seeds of one program per scenario', async () => {
    const { alarms, programs } = await alarmsOf(sound, seeds)
    expect(alarms).toEqual([])
    expect(programs).toBeGreaterThan(200)
  })
})

it('a vault with something wrong does', async () => {
  const bad = knownBadVaults['value-logged']
  if (bad === undefined) throw new Error('value-logged is gone')
  const heard = await alarmsOf({ name: 'bad', module: bad, unheeded: [] }, [1, 2, 3])
  expect(heard.alarms.map(({ requirement }) => requirement)).toContain('LOG-01')
  expect((await alarmsOf({ name: 'bad', module: bad, unheeded: ['LOG-01'] }, [1, 2, 3])).alarms).toEqual([])
  const both = together('bad', [heard, heard, { ...heard, name: 'another' }])
  expect(both).toMatchObject({ seeds: 6, programs: 2 * heard.programs, commands: 2 * heard.commands })
})
