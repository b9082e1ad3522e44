import { expect, test } from 'vitest'
import { model } from '../../devices/model/model.ts'
import soundStore from '../../fixtures/sound/store.ts'
import { type Device, DeviceFault } from '../contract/device.ts'
import { restoring } from '../contract/restoring.ts'
import type { StreamRecord } from '../contract/stream.ts'
import { requirements } from '../requirements/index.ts'
import { judgeTarget } from './judge-target.ts'
import type { OtherPhone } from './share-target.ts'
import { inProcessTarget } from './target.ts'

const phone = (change: (device: Device) => Partial<Device> = () => ({})): Device => {
  const device = model()
  return { ...device, restoring: restoring(['fresh-names']), ...change(device) }
}
const judged = async (others: readonly OtherPhone[]): Promise<readonly StreamRecord[]> => {
  const records: StreamRecord[] = []
  const run = judgeTarget(async () => inProcessTarget(soundStore, phone()), {
    name: 'sound@lab',
    vault: 'module:./sample.ts',
    version: '1',
    seed: 1,
    budget: { programs: 8, commands: 8, shrinkRuns: 0 },
    requirements,
    baseline: { known: [] },
    today: '2030-01-01',
    prefix: 'sample',
    deadlineMs: 1000,
    cut: () => null,
    beat() {},
    mustReach: false,
    phone: 'one',
    others,
  })
  for await (const record of run) records.push(record)
  return records
}
const of = <T extends StreamRecord['type']>(records: readonly StreamRecord[], type: T) =>
  records.filter((record): record is Extract<StreamRecord, { readonly type: T }> => record.type === type)
const another = (name: string, change?: (device: Device) => Partial<Device>): OtherPhone => ({
  name,
  open: async () => inProcessTarget(soundStore, phone(change)),
})

test('phones share what one would run, and come to the same verdicts', async () => {
  const [alone, shared] = [await judged([]), await judged([another('two')])]
  expect(of(shared, 'verdict').map(({ verdict }) => verdict.is)).toEqual(
    of(alone, 'verdict').map(({ verdict }) => verdict.is),
  )
  const programs = (records: readonly StreamRecord[]) =>
    of(records, 'scenario').reduce((sum, record) => sum + record.programs, 0)
  expect(programs(shared)).toBe(programs(alone))
  const phones = of(shared, 'phone')
  expect(phones.map(({ phone: name, why }) => [name, why])).toEqual([
    ['one', null],
    ['two', null],
  ])
  expect(phones.reduce((sum, { programs: some }) => sum + some, 0)).toBe(programs(shared))
  expect(Math.min(...phones.map(({ programs: some }) => some))).toBeGreaterThan(0)
  expect(of(alone, 'phone')).toEqual([])
})

test('a run is estimated before its first program, and what it took is told after the last', async () => {
  const records = await judged([])
  const types = records.map(({ type }) => type)
  expect(types.indexOf('estimate')).toBeGreaterThan(types.indexOf('smoke'))
  expect(types.indexOf('estimate')).toBeLessThan(types.indexOf('scenario'))
  const [estimate] = of(records, 'estimate')
  expect(estimate).toMatchObject({ way: 'fresh-names', phones: 1, restoring: [{ is: 'works', way: 'fresh-names' }] })
  expect(estimate?.programs).toBe(of(records, 'scenario').reduce((sum, { programs }) => sum + programs, 0))
  expect(of(records, 'spent')).toMatchObject([{ way: 'fresh-names', programs: estimate?.programs }])
})

test('a phone that is proven to do other things, or does not come up, is left out and told of', async () => {
  const records = await judged([
    another('less', (device) => ({
      calibrate: async () => ({ ...(await device.calibrate()), facets: {} }),
    })),
    {
      name: 'gone',
      open: async () => {
        throw new DeviceFault('there is no phone')
      },
    },
  ])
  expect(
    of(records, 'phone')
      .map(({ phone: name, programs, why }) => [name, programs > 0, why])
      .sort(),
  ).toEqual([
    ['gone', false, 'there is no phone'],
    ['less', false, 'it is proven to do other things than one'],
    ['one', true, null],
  ])
  expect(of(records, 'verdict').some(({ verdict }) => verdict.is === 'pass')).toBe(true)
})

test('what goes away with a phone in the middle of a program is said to be lost, and the others go on', async () => {
  let asked = 0
  const records = await judged([
    another('two', (device) => ({
      apply(control) {
        if (++asked === 1) throw new DeviceFault('the cable came off')
        return device.apply(control)
      },
    })),
  ])
  const two = of(records, 'phone').find(({ phone: name }) => name === 'two')
  expect(two).toMatchObject({ lost: 1, why: 'the cable came off' })
  const cuts = of(records, 'scenario').flatMap(({ cut }) => cut ?? [])
  expect(cuts).toEqual([
    '1 of its programs went away with a phone, and nobody knows what they did: two: the cable came off',
  ])
  expect(of(records, 'target-error')).toEqual([])
})
