import { afterEach, expect, test } from 'vitest'
import type { Device } from '../../../harness/contract/device.ts'
import type { Facet } from '../../../harness/contract/environment.ts'
import type { IosApp } from '../../../harness/contract/platforms/ios.ts'
import { idle, instead } from '../../simulation/sample-lies.ts'
import { iosControls } from '../../virtual/ios/controls.ts'
import { appiumDevice } from '../appium-device.ts'
import { type Calibrated, calibrateBy } from '../calibration.ts'
import type { DrivenPhone } from '../driven-phone.ts'
import { iosSimulator } from '../ios/ios-simulator.ts'
import { createIphone, type Iphone, passcode } from './phone/iphone.ts'
import { type ProbeVerb, probeSide } from './probe-side.ts'
import { probes } from './probes.ts'
import { sampleSession } from './sample-session.ts'

let phones: Iphone[] = []
afterEach(async () => {
  for (const phone of phones) await phone.stop()
  phones = []
})

/** The phone and what drives it, as it is behind Appium, with nothing between them. */
const truth = async (): Promise<{ readonly driven: DrivenPhone; readonly device: Device }> => {
  const app = {
    bundleId: 'dev.holdfast.sample',
    label: 'Sample',
    files: new Map(),
    start(ios: IosApp) {
      const native = probeSide(ios)
      return { call: (method: string, argument: unknown) => native.call(method.replace('probe-', ''), argument) }
    },
  }
  const phone = createIphone(app, { async open() {}, async close() {} }, () => 0)
  phones.push(phone)
  let carried = ''
  const driven = await iosSimulator({
    async open() {
      const session = sampleSession(phone)
      const executeAsyncScript = (script: string, given: (string | object)[]) => {
        carried += JSON.stringify(given)
        return session.executeAsyncScript(script, given)
      }
      return { ...session, executeAsyncScript } as typeof session
    },
    bundleId: app.bundleId,
    app: 'Sample.app',
    kind: 'appium-virtual-ios',
    beyond: {
      newer: 'Sample.app',
      pass: async (ms) => phone.pass(ms),
      useKind: phone.become,
      restoreOnAnother: phone.restoreOnAnother,
    },
    feature: 'touchId',
    passcode,
    restores: ['fresh-names'],
    software: async () => ({ ios: '18' }),
    traces: () => [{ in: 'output', where: 'appium', bytes: Buffer.from(carried) }],
    end: async () => {},
  })
  const device = appiumDevice('sample', driven, async () => {
    throw new Error('not asked for')
  })
  return { driven, device }
}

interface Lies {
  readonly device?: (truth: Calibrated) => Partial<Calibrated>
  readonly phone?: (truth: DrivenPhone) => Partial<DrivenPhone>
  /** What the app's native side answers in place of the truth. */
  readonly native?: (verb: ProbeVerb, answer: string) => string
  /** What it is asked in place of what the probe asked for. */
  readonly asked?: (verb: ProbeVerb, argument: string) => string
}
const environmentOf = async ({ device: change, phone, native, asked }: Lies) => {
  const { driven, device } = await truth()
  const inPage: DrivenPhone['inPage'] = async (script, verb = '', argument = '') => {
    const given = asked?.(verb as ProbeVerb, argument) ?? argument
    const answer = String(await driven.inPage(script, verb, given))
    return native?.(verb as ProbeVerb, answer) ?? answer
  }
  const calibrate = calibrateBy({ fidelity: 'F0', probes })
  return calibrate({ ...device, ...change?.(device) }, { ...driven, inPage, ...phone?.(driven) })
}
/** An item that is bound to something else than the probe asked for. */
const keptAs = (change: (account: string) => string): Lies => ({
  asked: (verb, account) => (verb === 'keep' || verb === 'read' ? change(account) : account),
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
  const { facets, controls, lacks } = await environmentOf({})
  expect(Object.entries(facets).filter(([, state]) => state.is !== 'proven')).toEqual([])
  expect(Object.keys(facets)).toEqual(Object.keys(probes))
  // What the simulated phone can do can be done behind the driver, or it is said why not. Turning it makes nothing anew.
  const told = new Set([...controls, ...Object.keys(lacks ?? {})])
  expect([...told].sort()).toEqual([...iosControls, 'rotate', 'clear-data'].sort())
})

const lies: Readonly<Record<string, readonly [Facet, Lies]>> = {
  'a death that ends nothing': ['process-death', { phone: () => ({ killApp: async () => {} }) }],
  'a log that is not seen': ['captured-output', onlySeen((where) => where !== 'log')],
  'an Appium that is not heard': ['captured-output', onlySeen((where) => where !== 'appium')],
  'an item that asks nobody': ['enforces-access-control', keptAs((account) => `open-${account}`)],
  "a stranger's finger that is the owner's": [
    'enforces-access-control',
    { device: instead('touch', { control: 'touch', finger: 'right' }) },
  ],
  'a dismissal that is a match': [
    'enforces-access-control',
    { device: instead('cancel-prompt', { control: 'touch', finger: 'right' }) },
  ],
  'an enrolment that enrols nobody': ['enrolment-invalidates', { device: idle('enrol') }],
  'a switch that does nothing': [
    'enrolment-invalidates',
    {
      device: (given) => ({
        apply: async (control) => (/enrol/.test(control.control) ? 'done' : given.apply(control)),
      }),
    },
  ],
  'an enrolment that ends every item': ['enrolment-invalidates', keptAs(() => 'bound')],
  'an enrolment that ends no item': ['enrolment-invalidates', keptAs(() => 'any')],
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
  'leaving that dismisses': [
    'scripted-person',
    { device: instead('leave-app', { control: 'cancel-prompt', by: 'dismissal' }) },
  ],
  'a button that dismisses': [
    'scripted-person',
    { device: instead('cancel-prompt', { control: 'cancel-prompt', by: 'dismissal' }) },
  ],
  'an app that hears of no ending': ['scripted-person', { native: (verb, answer) => (verb === 'heard' ? '' : answer) }],
  'prompts that are not told': ['seen-prompts', watched(() => ({ onPhase() {} }))],
  'a prompt that is said to be up always': ['seen-prompts', watched(() => ({ look: async () => true }))],
  'misses that are not told': [
    'seen-prompts',
    watched((given) => ({
      onPhase: (listen) => given.onPhase((prompt, phase) => phase !== 'missed' && listen(prompt, phase)),
    })),
  ],
  'a language that stays': ['changes-language', { device: idle('change-language') }],
  'a language that changes codes too': [
    'changes-language',
    (() => {
      let times = 2
      return { native: (verb, answer) => (verb === 'heard' && answer !== '' ? `-${times++}` : answer) }
    })(),
  ],
}

test.each(Object.entries(lies))('%s is seen', async (_name, [facet, lie]) => {
  const { facets } = await environmentOf(lie)
  expect(facets[facet]?.is).toBe('disproven')
})

test('every facet has an environment that lies about it', () => {
  expect(new Set(Object.values(lies).map(([facet]) => facet))).toEqual(new Set(Object.keys(probes)))
})
