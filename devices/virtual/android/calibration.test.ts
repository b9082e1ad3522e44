import { expect, test } from 'vitest'
import type { Effects, Prompts } from '../../../harness/contract/device.ts'
import { environmentSchema, type Facet, phoneFacets } from '../../../harness/contract/environment.ts'
import type {
  AndroidApp,
  AndroidKeyStore,
  AuthenticationCallback,
} from '../../../harness/contract/platforms/android.ts'
import { idle, instead } from '../../simulation/sample-lies.ts'
import type { Calibrated } from './bench.ts'
import { calibrate } from './calibration.ts'
import { virtualAndroid } from './device.ts'

interface Lies {
  readonly device?: (truth: Calibrated) => Partial<Calibrated>
  readonly app?: (truth: AndroidApp) => Partial<AndroidApp>
  readonly effects?: (truth: Effects) => Partial<Effects>
  readonly prompts?: (truth: Prompts) => Partial<Prompts>
}
const lying = ({ device, app, effects, prompts }: Lies): Calibrated => {
  const truth = virtualAndroid()
  const { android, effects: seam, prompts: person } = truth
  if (android === undefined || seam === undefined || person === undefined) throw new Error('a phone has these')
  return {
    ...truth,
    ...device?.(truth),
    effects: { ...seam, ...effects?.(seam) },
    prompts: { ...person, ...prompts?.(person) },
    android: (namespace) => {
      const given = android(namespace)
      return { ...given, ...app?.(given) }
    },
  }
}
const keyStoreThat = (change: (truth: AndroidKeyStore) => Partial<AndroidKeyStore>): Lies => ({
  app: ({ keyStore }) => ({ keyStore: { ...keyStore, ...change(keyStore) } }),
})
const unbound: Lies = keyStoreThat((truth) => ({
  generateKey: (spec) => truth.generateKey({ ...spec, userAuthenticationRequired: false }),
}))
/** An app whose callbacks hear something else. */
const heardAs = (change: (truth: AuthenticationCallback) => Partial<AuthenticationCallback>): Lies => ({
  app: (truth) => ({
    activity() {
      const activity = truth.activity()
      return {
        ...activity,
        biometricPrompt: (callback) =>
          activity.biometricPrompt({
            onAuthenticationSucceeded: (result) => callback.onAuthenticationSucceeded(result),
            onAuthenticationError: (code, text) => callback.onAuthenticationError(code, text),
            onAuthenticationFailed: () => callback.onAuthenticationFailed?.(),
            ...change(callback),
          }),
      }
    },
  }),
})

test('the phone proves every facet of a phone, and is itself again afterwards', async () => {
  const device = virtualAndroid()
  const environment = await device.calibrate()
  expect(environmentSchema.parse(environment)).toEqual(environment)
  expect([environment.fidelity, environment.device, environment.software]).toEqual([
    'F0',
    'virtual-android',
    { android: '34' },
  ])
  const states = Object.entries(environment.facets)
  expect(states.filter(([, state]) => state.is !== 'proven')).toEqual([])
  expect(states.map(([facet]) => facet)).toEqual([
    'process-death',
    'ordered-effects',
    'captured-output',
    'searched-files',
    ...Object.keys(phoneFacets),
  ])
  expect(await device.footprint('')).toEqual({ items: 0, secretReads: 0 })
  expect([device.boot(), device.now(), device.effects?.pending(), device.prompts?.up()]).toEqual([0, 0, 0, false])
})

test('a device without prompts is refused', async () => {
  await expect(calibrate({ ...virtualAndroid(), prompts: undefined })).rejects.toThrow('no seam or no prompts')
})

const lies: Readonly<Record<string, readonly [Facet, Lies]>> = {
  'a death that drops nothing': ['process-death', { effects: () => ({ drop: () => {} }) }],
  'a death that writes what was applied': [
    'process-death',
    {
      effects: (truth) => ({
        drop() {
          if (truth.pending() > 0) truth.complete(1)
          truth.drop()
        },
      }),
    },
  ],
  'effects that complete in another order': [
    'ordered-effects',
    { effects: (truth) => ({ complete: () => truth.complete(0) }) },
  ],
  'effects that are not held': ['ordered-effects', { effects: () => ({ hold: () => {} }) }],
  'a log that is not seen': ['captured-output', { app: () => ({ log: () => {} }) }],
  'files that are not seen': [
    'searched-files',
    {
      device: (truth) => ({
        async *traces(namespace) {
          for await (const trace of truth.traces(namespace)) if (trace.in === 'output') yield trace
        },
      }),
    },
  ],
  'a keystore that asks nobody': ['enforces-access-control', unbound],
  'a keystore that nobody can satisfy': ['enforces-access-control', { prompts: () => ({ answer: () => false }) }],
  'a forged match that is a match': [
    'enforces-access-control',
    { device: instead('forge-match', { control: 'touch', finger: 'right' }) },
  ],
  'an enrolment that enrols nobody': ['enrolment-invalidates', { device: idle('enrol') }],
  'an enrolment that invalidates every key': [
    'enrolment-invalidates',
    keyStoreThat((truth) => ({
      generateKey: (spec) => truth.generateKey({ ...spec, invalidatedByBiometricEnrollment: true }),
    })),
  ],
  'an enrolment that invalidates no key': [
    'enrolment-invalidates',
    keyStoreThat((truth) => ({
      generateKey: (spec) => truth.generateKey({ ...spec, invalidatedByBiometricEnrollment: false }),
    })),
  ],
  'a finger that always matches': [
    'scripted-person',
    { device: instead('touch', { control: 'touch', finger: 'right' }) },
  ],
  'a button that dismisses': [
    'scripted-person',
    { device: instead('cancel-prompt', { control: 'cancel-prompt', by: 'dismissal' }) },
  ],
  'a prompt that waits for ever': ['scripted-person', { device: idle('time-out-prompt') }],
  'an app that hears no miss': ['scripted-person', heardAs(() => ({ onAuthenticationFailed() {} }))],
  'prompts that are not seen': ['seen-prompts', { prompts: () => ({ onPhase: () => {} }) }],
  'a prompt that is said to be up always': ['seen-prompts', { prompts: () => ({ up: () => true }) }],
  'misses that are not seen': [
    'seen-prompts',
    {
      prompts: (truth) => ({
        onPhase: (listen) => truth.onPhase((id, phase) => phase !== 'missed' && listen(id, phase)),
      }),
    },
  ],
  'a main thread that is never seen to wait': ['watched-main-thread', { device: () => ({ takeHeld: () => false }) }],
  'a main thread that always waits': ['watched-main-thread', { device: () => ({ takeHeld: () => true }) }],
  'a process that never ends': ['watched-main-thread', { device: () => ({ ended: () => false }) }],
  'a main thread that waits for nothing': [
    'watched-main-thread',
    { app: (truth) => ({ postDelayed: (ms, run) => truth.postDelayed(ms, () => void run()) }) },
  ],
  'a start that unlocks by itself': [
    'first-unlock',
    { device: instead('reboot', { control: 'reboot', unlocked: true }) },
  ],
  'an unlock that opens nothing': ['first-unlock', { device: idle('unlock-screen') }],
  'a storage that is always open': [
    'first-unlock',
    { app: (truth) => ({ sharedPreferences: (name) => truth.sharedPreferences(name, 'device') }) },
  ],
  'a backup that brings nothing': [
    'phone-backup',
    { device: instead('reinstall', { control: 'reinstall', backup: false }) },
  ],
  'a removal that removes nothing': ['phone-backup', { device: idle('reinstall') }],
  'a new phone that is the old one': ['phone-backup', { device: idle('change-phone') }],
  'a backup that is not counted': ['phone-backup', { device: () => ({ takeRestored: () => null }) }],
  'items that are not counted': [
    'counted-kept-items',
    { device: () => ({ footprint: async () => ({ items: 0, secretReads: 1 }) }) },
  ],
  'reads that are not counted': [
    'counted-kept-items',
    {
      device: (truth) => ({
        footprint: async (namespace) => ({ items: (await truth.footprint(namespace))?.items ?? 0, secretReads: 0 }),
      }),
    },
  ],
  'a language that stays': ['changes-language', { device: idle('change-language') }],
  'a language that changes codes too': [
    'changes-language',
    (() => {
      let code = 1
      return heardAs((truth) => ({ onAuthenticationError: (_code, text) => truth.onAuthenticationError(code++, text) }))
    })(),
  ],
}

test.each(Object.entries(lies))('%s is seen', async (_name, [facet, lie]) => {
  const { facets } = await calibrate(lying(lie))
  expect(facets[facet]?.is).toBe('disproven')
})

test('every facet has a device that lies about it', () => {
  expect(new Set(Object.values(lies).map(([facet]) => facet))).toEqual(
    new Set(['process-death', 'ordered-effects', 'captured-output', 'searched-files', ...Object.keys(phoneFacets)]),
  )
})
