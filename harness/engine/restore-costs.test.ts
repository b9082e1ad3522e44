import { expect, test } from 'vitest'
import type { Description } from '../contract/description.ts'
import { DeviceFault } from '../contract/device.ts'
import type { Program } from '../contract/program.ts'
import { type RestoreWay, restoring } from '../contract/restoring.ts'
import { restoreCosts } from './restore-costs.ts'

const description: Pick<Description, 'profiles' | 'restore'> = { profiles: ['store'], restore: 'namespace' }

/** A device whose ways cost so much, and put the vault back or do not. */
const rig = (costs: Readonly<Partial<Record<RestoreWay, number | Error>>>) => {
  const ways = restoring(Object.keys(costs) as RestoreWay[])
  const ran: string[] = []
  let left = false
  const run = async ({ commands }: Program): Promise<number> => {
    const cost = costs[ways.way()] ?? 0
    ran.push(`${ways.way()} ${commands.length}`)
    if (cost instanceof Error && left) {
      left = false
      throw cost
    }
    left = commands.length > 0
    return cost instanceof Error ? 1 : cost
  }
  return { ways, ran, run }
}

test('each declared way is tried after something was written, and the cheapest is used', async () => {
  const { ways, ran, run } = rig({ 'clear-data': 900, 'fresh-names': 30, reinstall: 2500 })
  const { costs, cheapest } = await restoreCosts(description, ways, run)
  expect(costs).toEqual([
    { is: 'works', way: 'clear-data', ms: 900 },
    { is: 'works', way: 'fresh-names', ms: 30 },
    { is: 'works', way: 'reinstall', ms: 2500 },
  ])
  expect(cheapest).toEqual({ way: 'fresh-names', ms: 30 })
  expect(ways.way()).toBe('fresh-names')
  expect(ran.slice(0, 2)).toEqual(['clear-data 1', 'clear-data 0'])
})

test('a way that leaves what a program wrote is no way, however cheap it is', async () => {
  const { ways, run } = rig({ 'fresh-names': new Error('a fresh vault already holds an entry'), 'clear-data': 900 })
  const { costs } = await restoreCosts(description, ways, run)
  expect(costs[0]).toEqual({ is: 'fails', way: 'fresh-names', why: 'a fresh vault already holds an entry' })
  expect(ways.way()).toBe('clear-data')
})

test('a way that the vault does not offer is not tried', async () => {
  const { ways, ran, run } = rig({ 'fresh-names': 1, delete: 5 })
  const { costs } = await restoreCosts({ ...description, restore: 'delete' }, ways, run)
  expect(costs).toEqual([
    { is: 'fails', way: 'fresh-names', why: 'the vault is restored by delete' },
    { is: 'works', way: 'delete', ms: 5 },
  ])
  expect(ran).toEqual(['delete 1', 'delete 0'])
})

test('where none works the first one is left in place, to fail where it is told', async () => {
  const { ways, run } = rig({ 'clear-data': new Error('no'), reinstall: new Error('no') })
  expect((await restoreCosts(description, ways, run)).cheapest).toBeNull()
  expect(ways.way()).toBe('clear-data')
})

test('a phone that is gone is no finding about a way', async () => {
  const { ways, run } = rig({ 'clear-data': new DeviceFault('the phone is gone') })
  await expect(restoreCosts(description, ways, run)).rejects.toThrow(DeviceFault)
})
