import { expect, test } from 'vitest'
import type { Effects, Prompts } from '../../../harness/contract/device.ts'
import { environmentSchema, type Facet } from '../../../harness/contract/environment.ts'
import type { IosApp, KeychainQuery } from '../../../harness/contract/platforms/ios.ts'
import { idle, instead } from '../../simulation/sample-lies.ts'
import { type Calibrated, calibrate } from './calibration.ts'
import { virtualIos } from './device.ts'

interface Lies {
  readonly device?: (truth: Calibrated) => Partial<Calibrated>
  readonly keychain?: (truth: IosApp['keychain'], device: Calibrated) => Partial<IosApp['keychain']>
  readonly app?: (truth: IosApp) => Partial<IosApp>
  readonly effects?: (truth: Effects) => Partial<Effects>
  readonly prompts?: (truth: Prompts) => Partial<Prompts>
}
const lying = (lies: Lies): Calibrated => {
  const truth = virtualIos()
  const { ios, effects, prompts } = truth
  if (ios === undefined || effects === undefined || prompts === undefined) throw new Error('an iPhone has all of them')
  return {
    ...truth,
    ...lies.device?.(truth),
    effects: { ...effects, ...lies.effects?.(effects) },
    prompts: { ...prompts, ...lies.prompts?.(prompts) },
    ios: (namespace) => {
      const app = ios(namespace)
      return { ...app, keychain: { ...app.keychain, ...lies.keychain?.(app.keychain, truth) }, ...lies.app?.(app) }
    },
  }
}

test('an iPhone proves every facet, and is itself again afterwards', async () => {
  const device = virtualIos()
  const environment = await device.calibrate()
  expect(environmentSchema.parse(environment)).toEqual(environment)
  expect(environment).toMatchObject({ device: 'virtual-ios', fidelity: 'F0', software: { ios: '18.3' } })
  expect(Object.entries(environment.facets).filter(([, state]) => state.is !== 'proven')).toEqual([])
  expect(await device.footprint('holdfast-calibration/first-unlock')).toEqual({ items: 0, secretReads: 0 })
  expect([device.boot(), device.effects?.pending(), device.prompts?.up()]).toEqual([0, 0, false])
})

test('the simulator enforces no access control, and its own probe says so', async () => {
  const environment = await virtualIos({ enforcesAccessControl: false }).calibrate()
  expect(environment.device).toBe('virtual-ios-simulator')
  const states = Object.entries(environment.facets).map(([facet, state]) => [facet, state.is])
  expect(states.filter(([, is]) => is !== 'proven')).toEqual([
    ['enforces-access-control', 'disproven'],
    ['enrolment-invalidates', 'disproven'],
    ['watched-main-thread', 'disproven'],
  ])
})

test('a device without a phone is refused', async () => {
  await expect(calibrate({ ...virtualIos(), prompts: undefined })).rejects.toThrow('gives no iPhone')
})

const withoutAccess = ({ accessControl, ...rest }: KeychainQuery): KeychainQuery => ({
  ...rest,
  ...(accessControl === undefined ? {} : { accessible: accessControl.accessible }),
})

const lies: Readonly<Record<string, readonly [Facet, Lies]>> = {
  'a keychain that asks nobody': [
    'enforces-access-control',
    { keychain: (truth) => ({ add: (attributes) => truth.add(withoutAccess(attributes)) }) },
  ],
  'a prompt that answers itself': [
    'enforces-access-control',
    {
      keychain: (truth, { prompts }) => ({
        copyMatching(query) {
          const answer = truth.copyMatching(query)
          prompts?.answer()
          return answer
        },
      }),
    },
  ],
  'an enrolment that enrols nobody': ['enrolment-invalidates', { device: idle('enrol') }],
  'an enrolment that takes all': [
    'enrolment-invalidates',
    { device: instead('enrol', { control: 'remove-screen-lock' }) },
  ],
  'a touch that is always right': [
    'scripted-person',
    { device: instead('touch', { control: 'touch', finger: 'right' }) },
  ],
  'leaving that dismisses': [
    'scripted-person',
    { device: instead('leave-app', { control: 'cancel-prompt', by: 'dismissal' }) },
  ],
  'a forged match that nobody hears of': [
    'scripted-person',
    { device: instead('forge-match', { control: 'leave-app' }) },
  ],
  'misses that are not told': [
    'seen-prompts',
    {
      prompts: (truth) => ({
        onPhase: (listen) =>
          truth.onPhase((prompt, phase) => {
            if (phase !== 'missed') listen(prompt, phase)
          }),
      }),
    },
  ],
  'a main thread that is never seen to wait': ['watched-main-thread', { device: () => ({ takeHeld: () => false }) }],
  'a main thread that always waits': ['watched-main-thread', { device: () => ({ takeHeld: () => true }) }],
  'a process that never ends': ['watched-main-thread', { device: () => ({ ended: () => false }) }],
  'a reboot that unlocks': ['first-unlock', { device: instead('reboot', { control: 'reboot', unlocked: true }) }],
  'an unlock that opens nothing': ['first-unlock', { device: idle('unlock-screen') }],
  'an early read that says not found': [
    'first-unlock',
    {
      keychain: (truth) => ({
        copyMatching: async (query) => {
          const seen = await truth.copyMatching(query)
          return seen.status === -25308 ? { ...seen, status: -25300 } : seen
        },
      }),
    },
  ],
  'a phone that is never changed': ['phone-backup', { device: idle('change-phone') }],
  'a reinstallation that leaves everything': ['phone-backup', { device: idle('reinstall') }],
  'a backup that nobody counts': ['phone-backup', { device: () => ({ takeRestored: () => null }) }],
  'a count that is always nothing': [
    'counted-kept-items',
    { device: () => ({ footprint: async () => ({ items: 0, secretReads: 0 }) }) },
  ],
  'a count of what belongs to others': [
    'counted-kept-items',
    {
      device: (truth) => ({
        async footprint(namespace) {
          const [own, others] = [await truth.footprint(namespace), await truth.footprint('somebody-else')]
          return { items: (own?.items ?? 0) + (others?.items ?? 0), secretReads: own?.secretReads ?? 0 }
        },
      }),
    },
  ],
  'a count that cannot see': ['counted-kept-items', { device: () => ({ footprint: async () => null }) }],
  'a language that never changes': ['changes-language', { device: idle('change-language') }],
  'a language of the keychain that never changes': [
    'changes-language',
    { keychain: () => ({ errorMessage: () => 'The specified item could not be found in the keychain.' }) },
  ],
  'a death that lets waiting effects happen': [
    'process-death',
    {
      effects: (truth) => ({
        drop() {
          while (truth.pending() > 0) truth.complete(0)
          truth.drop()
        },
      }),
    },
  ],
  'a strike that strikes nothing': ['process-death', { effects: () => ({ arm: () => {} }) }],
  'effects that do not wait': ['ordered-effects', { effects: () => ({ hold: () => {} }) }],
  'effects in an order of their own': [
    'ordered-effects',
    { effects: (truth) => ({ complete: () => truth.complete(0) }) },
  ],
  'a log that nobody keeps': ['captured-output', { app: () => ({ log: () => {} }) }],
  'traces without defaults': [
    'searched-files',
    {
      device: (truth) => ({
        async *traces(namespace) {
          for await (const trace of truth.traces(namespace)) if (trace.in === 'output') yield trace
        },
      }),
    },
  ],
}

test.each(Object.entries(lies))('%s is seen', async (_name, [facet, lie]) => {
  const { facets } = await calibrate(lying(lie))
  expect(facets[facet]?.is).toBe('disproven')
})

test('a probe that the device breaks is evidence against the facet, not an end of calibration', async () => {
  const { facets } = await calibrate(
    lying({
      device: (truth) => ({ apply: (c) => (c.control === 'enrol' ? Promise.resolve('skipped') : truth.apply(c)) }),
    }),
  )
  expect(facets['enrolment-invalidates']).toMatchObject({
    is: 'disproven',
    evidence: expect.stringContaining("skipped 'enrol'"),
  })
  expect(facets['first-unlock']?.is).toBe('proven')
})
