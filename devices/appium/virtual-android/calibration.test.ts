import { afterEach, expect, test } from 'vitest'
import type { Device } from '../../../harness/contract/device.ts'
import type { Facet } from '../../../harness/contract/environment.ts'
import { idle, instead } from '../../simulation/sample-lies.ts'
import { androidControls } from '../../virtual/android/acts.ts'
import { drivenAndroid } from '../android/driven-android.ts'
import { appiumDevice } from '../appium-device.ts'
import type { Calibrated } from '../calibration.ts'
import type { DrivenPhone } from '../driven-phone.ts'
import { calibrate } from './calibration.ts'
import { becomeKind, restoreOnAnother } from './phone/another-phone.ts'
import { createVirtualPhone, firstPin, type VirtualPhone } from './phone/virtual-phone.ts'
import { type ProbeVerb, probeSide } from './probe-side.ts'
import { probes } from './probes.ts'
import { sampleSession } from './sample-session.ts'

let phones: VirtualPhone[] = []
afterEach(async () => {
  for (const phone of phones) await phone.stop()
  phones = []
})

/** The phone and what drives it, as it is behind Appium, with nothing between them. */
const truth = async (): Promise<{ readonly driven: DrivenPhone; readonly device: Device }> => {
  const app = {
    package: 'dev.holdfast.sample',
    label: 'Sample',
    versionCode: 1,
    files: new Map(),
    start: probedNatively,
  }
  const phone = createVirtualPhone(app, { async open() {}, async close() {} }, () => 0)
  phones.push(phone)
  let up = Promise.resolve()
  phone.onRestart(() => {
    up = phone.reboot()
  })
  let logged = ''
  const driven = await drivenAndroid({
    open: async () => {
      const session = sampleSession(phone)
      return {
        ...session,
        executeScript: async (script: string, given: (string | object)[]) => {
          logged += JSON.stringify(given)
          return session.executeScript(script, given)
        },
      } as typeof session
    },
    package: app.package,
    activity: '.MainActivity',
    pin: firstPin,
    restores: ['fresh-names'],
    up: () => up,
    kind: 'appium-virtual-android',
    beyond: {
      app: 'vault.apk',
      newer: 'vault.apk',
      pass: async (by) => void phone.simulation.act({ control: 'advance-clock', by }),
      forge: 'am attach-agent',
      system: 'file:///payload.bin',
      useKind: (profile) => becomeKind(phone, profile),
      restoreOnAnother: () => restoreOnAnother(phone),
    },
    software: async () => ({ android: '14' }),
    traces: () => [{ in: 'output', where: 'appium', bytes: Buffer.from(logged) }],
    end: async () => {},
  })
  const device = appiumDevice('sample', driven, async () => {
    throw new Error('not asked for')
  })
  return { driven, device }
}
const probedNatively: Parameters<typeof createVirtualPhone>[0]['start'] = (android) => {
  const probes = probeSide(android)
  return { call: (method, argument) => probes.call(method.replace('probe-', ''), argument) }
}

interface Lies {
  readonly device?: (truth: Calibrated) => Partial<Calibrated>
  readonly phone?: (truth: DrivenPhone) => Partial<DrivenPhone>
  /** What the app's native side answers in place of the truth. */
  readonly native?: (verb: ProbeVerb, answer: string, argument: string) => string
}
const environmentOf = async ({ device: change, phone, native }: Lies) => {
  const { driven, device } = await truth()
  const inPage: DrivenPhone['inPage'] = async (script, verb = '', argument = '') => {
    const answer = String(await driven.inPage(script, verb, argument))
    return native?.(verb as ProbeVerb, answer, argument) ?? answer
  }
  return calibrate({ ...device, ...change?.(device) }, { ...driven, inPage, ...phone?.(driven) })
}
const answers = (of: ProbeVerb, instead: string): Lies => ({
  native: (verb, answer) => (verb === of ? instead : answer),
})
const onlySeen = (seen: (where: string) => boolean): Lies => ({
  device: (given) => ({
    async *traces(namespace) {
      for await (const trace of given.traces(namespace)) if (seen(trace.where)) yield trace
    },
  }),
})
const watched = (change: (given: NonNullable<Device['watched']>) => Partial<NonNullable<Device['watched']>>): Lies => ({
  device: ({ watched: given }) => (given === undefined ? {} : { watched: { ...given, ...change(given) } }),
})

test('the phone proves every facet that has a probe, and is itself again afterwards', async () => {
  const { facets, fidelity, controls, lacks } = await environmentOf({})
  expect(Object.entries(facets).filter(([, state]) => state.is !== 'proven')).toEqual([])
  expect(Object.keys(facets)).toEqual(Object.keys(probes))
  expect(fidelity).toBe('F1')
  // What the simulated phone can do can be done behind the drivers, or it is said why not.
  expect([...controls, ...Object.keys(lacks ?? {})].sort()).toEqual([...androidControls].sort())
})

const lies: Readonly<Record<string, readonly [Facet, Lies]>> = {
  'a death that ends nothing': ['process-death', { phone: () => ({ killApp: async () => {} }) }],
  'a log that is not seen': ['captured-output', onlySeen((where) => where !== 'log')],
  'an Appium that is not heard': ['captured-output', onlySeen((where) => where !== 'appium')],
  'a key that asks nobody': [
    'enforces-access-control',
    { native: (verb, answer) => (verb === 'use' && answer === 'IllegalBlockSizeException' ? 'answered' : answer) },
  ],
  "a stranger's finger that is the owner's": [
    'enforces-access-control',
    { device: instead('touch', { control: 'touch', finger: 'right' }) },
  ],
  'a prompt that is not seen': ['enforces-access-control', watched(() => ({ look: async () => false }))],
  'an enrolment that enrols nobody': ['enrolment-invalidates', { device: idle('enrol') }],
  'an enrolment that ends every key': [
    'enrolment-invalidates',
    {
      native: (verb, answer, alias) =>
        verb === 'init' && alias === 'any' ? 'KeyPermanentlyInvalidatedException' : answer,
    },
  ],
  'an enrolment after which no key is good': [
    'enrolment-invalidates',
    {
      native: (verb, answer, alias) =>
        verb === 'init' && alias === 'late' ? 'KeyPermanentlyInvalidatedException' : answer,
    },
  ],
  'an enrolment that ends no key': ['enrolment-invalidates', answers('init', 'answered')],
  'a finger that always matches': [
    'scripted-person',
    { device: instead('touch', { control: 'touch', finger: 'right' }) },
  ],
  'a touch without a prompt that is said to be done': [
    'scripted-person',
    {
      device: (given) => ({
        apply: async (control) => {
          const result = await given.apply(control)
          return control.control === 'touch' ? 'done' : result
        },
      }),
    },
  ],
  'a button that dismisses': [
    'scripted-person',
    { device: instead('cancel-prompt', { control: 'cancel-prompt', by: 'dismissal' }) },
  ],
  'an app that hears of no ending': ['scripted-person', answers('heard', '')],
  'a home screen that dismisses': [
    'scripted-person',
    { device: instead('leave-app', { control: 'cancel-prompt', by: 'dismissal' }) },
  ],
  'prompts that are not told': ['seen-prompts', watched(() => ({ onPhase() {} }))],
  'a prompt that is said to be up always': ['seen-prompts', watched(() => ({ look: async () => true }))],
  'misses that are not told': [
    'seen-prompts',
    watched((given) => ({
      onPhase: (listen) => given.onPhase((prompt, phase) => phase !== 'missed' && listen(prompt, phase)),
    })),
  ],
  'a start that unlocks by itself': [
    'first-unlock',
    { device: instead('reboot', { control: 'reboot', unlocked: true }) },
  ],
  'an unlock that opens nothing': ['first-unlock', { device: idle('unlock-screen') }],
  'a storage that is always open': ['first-unlock', { native: (verb, answer) => (verb === 'kept' ? 'kept' : answer) }],
  'a language that stays': ['changes-language', { device: idle('change-language') }],
  'a language that changes codes too': [
    'changes-language',
    (() => {
      let times = 0
      return { native: (verb, answer) => (verb === 'heard' && answer !== '' ? `error ${5 + times++}` : answer) }
    })(),
  ],
  'a backup that brings nothing': [
    'phone-backup',
    { device: instead('reinstall', { control: 'reinstall', backup: false }) },
  ],
  'a removal that removes nothing': ['phone-backup', { device: idle('reinstall') }],
  'a new phone that is the old one': ['phone-backup', { device: idle('change-phone') }],
}

test.each(Object.entries(lies))('%s is seen', async (_name, [facet, lie]) => {
  const { facets } = await environmentOf(lie)
  expect(facets[facet]?.is).toBe('disproven')
})

test('every facet has an environment that lies about it', () => {
  expect(new Set(Object.values(lies).map(([facet]) => facet))).toEqual(new Set(Object.keys(probes)))
})
