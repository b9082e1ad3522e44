import { expect, test } from 'vitest'
import { DeviceFault } from '../contract/device.ts'
import type { History } from '../contract/history.ts'
import type { Program } from '../contract/program.ts'
import { ProgramLost } from './session.ts'
import { type SharedPhone, spread } from './spread.ts'

const program = (schedule: number): Program => ({ commands: [], schedule: [schedule] })
const history = (of: Program): History => ({ program: of, events: [], ended: 'complete' })

/** A phone that does as it is told in each run: works, or fails before or after the vault was asked. */
const phone = (name: string, does: (run: number) => 'works' | 'before' | 'after' | 'vault', mends = true) => {
  const ran: Program[] = []
  let runs = 0
  let asked = false
  const probes = { asked: 0 }
  const shared: SharedPhone = {
    name,
    asked: () => asked,
    async inOrder() {
      probes.asked++
      return mends
    },
    async run(given) {
      const how = does(runs++)
      asked = how !== 'before'
      if (how === 'vault') throw new Error('a fresh vault already holds an entry')
      if (how !== 'works') throw new DeviceFault(`${name} is gone`)
      ran.push(given)
      return history(given)
    },
  }
  return { shared, ran, probes }
}

test('phones share the programs, and each program is run once', async () => {
  const [a, b] = [phone('a', () => 'works'), phone('b', () => 'works')]
  const session = spread([a.shared, b.shared])
  expect(session.atOnce).toBe(4)
  const programs = Array.from({ length: 7 }, (_, at) => program(at))
  const got = await Promise.all(programs.map((one) => session.run(one)))
  expect(got.map((one) => one.program)).toEqual(programs)
  expect([...a.ran, ...b.ran]).toHaveLength(7)
  expect(a.ran.length).toBeGreaterThan(0)
  expect(b.ran.length).toBeGreaterThan(0)
})

test('where a phone fails before the vault was asked, another runs the same program', async () => {
  const [a, b] = [phone('a', () => 'before'), phone('b', () => 'works')]
  const session = spread([a.shared, b.shared])
  expect((await session.run(program(1))).program).toEqual(program(1))
  expect(b.ran).toEqual([program(1)])
  expect(session.shares()).toEqual([
    { phone: 'a', programs: 0, lost: 0, why: 'a is gone' },
    { phone: 'b', programs: 1, lost: 0, why: null },
  ])
})

test('where it fails later the program is lost, and no other phone is tried: that could hide what the vault did', async () => {
  const [a, b] = [phone('a', (run) => (run === 0 ? 'after' : 'works')), phone('b', () => 'works')]
  const session = spread([a.shared, b.shared])
  await expect(session.run(program(1))).rejects.toThrow(ProgramLost)
  expect(b.ran).toEqual([])
  expect(session.shares()[0]).toMatchObject({ lost: 1, why: 'a is gone' })
})

test('one that fails twice in a row is opened anew before it is used again', async () => {
  const a = phone('a', (run) => (run < 2 ? 'after' : 'works'))
  const session = spread([a.shared])
  for (const _ of [1, 2]) await expect(session.run(program(1))).rejects.toThrow(ProgramLost)
  expect(a.probes.asked).toBe(0)
  expect((await session.run(program(3))).program).toEqual(program(3))
  expect(a.probes.asked).toBe(1)
})

test('where none is left, the last says why; a fault of the vault is nobody else’s', async () => {
  const [a, b] = [phone('a', () => 'before', false), phone('b', () => 'before', false)]
  await expect(spread([a.shared, b.shared]).run(program(1))).rejects.toThrow('b is gone')
  const vault = spread([phone('a', () => 'vault').shared])
  await expect(vault.run(program(1))).rejects.toThrow('already holds an entry')
})
