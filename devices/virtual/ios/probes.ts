import type { Control } from '../../../harness/contract/controls.ts'
import type { Effects, Prompts } from '../../../harness/contract/device.ts'
import type { Facet, FacetState } from '../../../harness/contract/environment.ts'
import {
  type Accessibility,
  accessControlFlags as flags,
  type IosApp,
  type KeychainQuery,
} from '../../../harness/contract/platforms/ios.ts'
import type { PromptPhase } from '../../../harness/contract/prompt.ts'
import { type Settling, settling } from '../../simulation/settling.ts'
import type { Calibrated } from './calibration.ts'

/** What a probe works with: a freshly restored device, and processes of an app of its own. */
export interface Bench {
  readonly device: Calibrated
  readonly effects: Effects
  readonly prompts: Prompts
  readonly namespace: string
  open(): IosApp
}
type Probe = (bench: Bench) => Promise<FacetState>

const ours = Uint8Array.of(0x70, 0x72, 0x6f, 0x62, 0x65)
const proven = (evidence: string): FacetState => ({ is: 'proven', evidence })
const disproven = (evidence: string): FacetState => ({ is: 'disproven', evidence })

const attributes = (account: string, accessible: Accessibility, asks = 0): KeychainQuery => ({
  service: 'calibration',
  account,
  valueData: ours,
  accessControl: { accessible, flags: asks },
})
const reading = (account: string): KeychainQuery => ({ service: 'calibration', account, returnData: true })

type Reading = Settling<Awaited<ReturnType<IosApp['keychain']['copyMatching']>>>
const gave = (seen: Reading): boolean =>
  seen.is === 'answered' &&
  seen.value.status === 0 &&
  seen.value.items.length === 1 &&
  Buffer.compare(seen.value.items[0]?.data ?? new Uint8Array(0), ours) === 0
const refusedBy = (seen: Reading, status: number): boolean => seen.is === 'answered' && seen.value.status === status
const told = (seen: Settling<unknown>): string => {
  if (seen.is === 'waiting') return 'never answered'
  if (seen.is === 'failed') return 'failed'
  const { value } = seen
  if (typeof value !== 'object' || value === null || !('status' in value)) return `answered ${JSON.stringify(value)}`
  return value.status === 0 ? 'gave the item' : `answered ${String(value.status)}`
}

/** Applies a control and says so if the device would not. */
const must = async ({ device }: Bench, control: Control): Promise<void> => {
  const result = await device.apply(control)
  if (result !== 'done') throw new Error(`the device skipped '${control.control}'`)
}
const keep = async (app: IosApp, ...what: Parameters<typeof attributes>): Promise<void> => {
  const seen = await settling(app.keychain.add(attributes(...what)))
  if (seen.is !== 'answered' || seen.value !== 0) throw new Error(`adding an item ${told(seen)}`)
}
/** Kills the app's process and starts another. */
const restarted = (bench: Bench): IosApp => {
  bench.effects.drop()
  return bench.open()
}

const accessControl: Probe = async (bench) => {
  const app = bench.open()
  await keep(app, 'asks', 'WhenUnlockedThisDeviceOnly', flags.biometryAny)
  const read = app.keychain.copyMatching(reading('asks'))
  const early = await settling(read)
  const up = bench.prompts.up()
  if (up) bench.prompts.answer()
  const late = await settling(read)
  return early.is === 'waiting' && up && gave(late)
    ? proven('an item that needs a person was given once the person was recognised, and not before')
    : disproven(
        `an item that needs a person: reading it ${told(early)} before anybody was asked; a prompt was ${up ? '' : 'not '}up`,
      )
}

const enrolmentInvalidates: Probe = async (bench) => {
  const app = bench.open()
  await keep(app, 'current', 'WhenUnlockedThisDeviceOnly', flags.biometryCurrentSet)
  await keep(app, 'any', 'WhenUnlockedThisDeviceOnly', flags.biometryAny)
  await must(bench, { control: 'enrol', what: 'finger' })
  const current = await settling(app.keychain.copyMatching(reading('current')))
  const any = app.keychain.copyMatching(reading('any'))
  bench.prompts.answer()
  const other = await settling(any)
  return refusedBy(current, -25300) && gave(other)
    ? proven('after a finger more, an item bound to those before was gone (-25300), and one for any finger was given')
    : disproven(
        `after a finger more, reading an item bound to those before ${told(current)}; one for any ${told(other)}`,
      )
}

const policy = 'deviceOwnerAuthenticationWithBiometrics'
const evaluate = (app: IosApp) => app.laContext().evaluatePolicy(policy, 'calibration')
const codeOf = (seen: Settling<{ readonly code: number } | null>): string =>
  seen.is === 'answered' ? String(seen.value?.code ?? 'recognised') : told(seen)

const scriptedPerson: Probe = async (bench) => {
  const app = bench.open()
  const heard: string[] = []
  const script: readonly (readonly Control[])[] = [
    [{ control: 'touch', finger: 'right' }],
    [
      { control: 'touch', finger: 'wrong' },
      { control: 'touch', finger: 'right' },
    ],
    [{ control: 'cancel-prompt', by: 'dismissal' }],
    [
      { control: 'touch', finger: 'wrong' },
      { control: 'cancel-prompt', by: 'button' },
    ],
    [{ control: 'leave-app' }],
    [{ control: 'forge-match' }],
  ]
  for (const acts of script) {
    const asked = evaluate(app)
    for (const act of acts) await must(bench, act)
    heard.push(codeOf(await settling(asked)))
  }
  const alone = await settling(evaluate(app))
  const wanted = 'recognised recognised -2 -3 -4 recognised'
  return heard.join(' ') === wanted && alone.is === 'waiting'
    ? proven('touches, misses, both buttons, leaving and a forged match were heard as scripted, and nothing by itself')
    : disproven(`scripted: ${wanted}; heard: ${heard.join(' ')}; with nobody there the prompt ${told(alone)}`)
}

const seenPrompts: Probe = async (bench) => {
  const app = bench.open()
  const phases: string[] = []
  bench.prompts.onPhase((prompt, phase: PromptPhase) => phases.push(`${prompt} ${phase}`))
  void evaluate(app)
  void evaluate(app)
  await must(bench, { control: 'touch', finger: 'wrong' })
  await must(bench, { control: 'touch', finger: 'right' })
  await must(bench, { control: 'cancel-prompt', by: 'dismissal' })
  void evaluate(app)
  bench.effects.drop()
  bench.prompts.onPhase(() => {})
  const seen = phases.join(', ')
  const wanted = '0 shown, 0 missed, 0 matched, 1 shown, 1 dismissed, 2 shown, 2 lost'
  return seen === wanted
    ? proven(`three prompts of ours, the second of which waited for the first: ${seen}`)
    : disproven(`three prompts of ours: wanted ${wanted}; seen ${seen}`)
}

const firstUnlock: Probe = async (bench) => {
  const first = bench.open()
  await keep(first, 'closed', 'AfterFirstUnlock')
  first.userDefaults.set('key', 'value')
  bench.effects.drop()
  await must(bench, { control: 'reboot', unlocked: false })
  const app = bench.open()
  const closed = await settling(app.keychain.copyMatching(reading('closed')))
  const unseen = await settling(app.userDefaults.string('key'))
  await must(bench, { control: 'unlock-screen' })
  await must(bench, { control: 'lock-screen' })
  const open = await settling(app.keychain.copyMatching(reading('closed')))
  const seen = await settling(app.userDefaults.string('key'))
  const hidden = unseen.is === 'answered' && unseen.value === null && seen.is === 'answered' && seen.value === 'value'
  return refusedBy(closed, -25308) && gave(open) && hidden
    ? proven('an item was refused (-25308) and defaults were empty until the first unlock, and there afterwards')
    : disproven(
        `before the first unlock reading ${told(closed)} and defaults ${told(unseen)}, after it ${told(open)} and ${told(seen)}`,
      )
}

const backup: Probe = async (bench) => {
  const first = bench.open()
  await keep(first, 'moves', 'WhenUnlocked')
  await keep(first, 'stays', 'WhenUnlockedThisDeviceOnly')
  first.userDefaults.set('key', 'value')
  await settling(first.userDefaults.synchronize())
  const look = async (app: IosApp): Promise<string> => {
    const moves = await settling(app.keychain.copyMatching(reading('moves')))
    const stays = await settling(app.keychain.copyMatching(reading('stays')))
    const value = await settling(app.userDefaults.string('key'))
    const items = `${gave(moves) ? 'm' : '-'}${gave(stays) ? 's' : '-'}`
    return `${items}${value.is === 'answered' && value.value === 'value' ? 'd' : '-'}`
  }
  const seen: string[] = []
  bench.device.takeRestored?.()
  for (const control of [
    { control: 'reinstall', backup: true },
    { control: 'change-phone' },
    { control: 'reinstall', backup: false },
  ] as const) {
    bench.effects.drop()
    await must(bench, control)
    seen.push(`${await look(bench.open())} ${bench.device.takeRestored?.() ?? 'none'}`)
  }
  return seen.join(', ') === 'msd 2, m-d 2, m-- none'
    ? proven(
        'an item that may move and the defaults came from the backup, on another phone too; one of this device only ' +
          'stayed behind; items outlived a reinstallation, defaults did not',
      )
    : disproven(`(m)oving item, item that (s)tays, (d)efaults and how many were restored: ${seen.join(', ')}`)
}

const countedItems: Probe = async ({ device, namespace, open }) => {
  const before = await device.footprint(namespace)
  const app = open()
  await keep(app, 'one', 'WhenUnlocked')
  await keep(app, 'two', 'AfterFirstUnlock')
  app.userDefaults.set('key', 'value')
  await settling(app.userDefaults.synchronize())
  const other = device.ios?.('somebody-else')
  if (other !== undefined) await keep(other, 'one', 'WhenUnlocked')
  await settling(app.keychain.copyMatching(reading('one')))
  await settling(app.keychain.copyMatching({ service: 'calibration', account: 'two' }))
  const after = await device.footprint(namespace)
  const items = (after?.items ?? 0) - (before?.items ?? 0)
  const reads = (after?.secretReads ?? 0) - (before?.secretReads ?? 0)
  return items === 3 && reads === 1
    ? proven('two items, a default and one secret read were counted, and an item of another app was not')
    : disproven(`two items, a default and one secret read were ours; counted were ${items} items and ${reads} reads`)
}

const changesLanguage: Probe = async (bench) => {
  const app = bench.open()
  const texts = async () => {
    const asked = evaluate(app)
    await must(bench, { control: 'cancel-prompt', by: 'dismissal' })
    const seen = await settling(asked)
    const error = seen.is === 'answered' ? seen.value : null
    return { code: error?.code, error: error?.localizedDescription, status: app.keychain.errorMessage(-25300) }
  }
  const before = await texts()
  await must(bench, { control: 'change-language' })
  const after = await texts()
  const worded = before.status !== after.status && before.error !== after.error
  return worded && before.code === -2 && after.code === -2
    ? proven(`a cancelled prompt said “${before.error}”, then “${after.error}”, both by -2`)
    : disproven(`before: ${JSON.stringify(before)}, after: ${JSON.stringify(after)}`)
}

const processDeath: Probe = async (bench) => {
  const { effects } = bench
  const app = bench.open()
  effects.hold(true)
  const waiting = app.keychain.add(attributes('held', 'WhenUnlocked'))
  app.userDefaults.set('held', 'value')
  const pending = effects.pending()
  effects.drop()
  effects.hold(false)
  const heard = await settling(waiting)
  const zombie = await settling(app.keychain.add(attributes('zombie', 'WhenUnlocked')))
  const second = bench.open()
  effects.arm(0, () => {})
  const struck = await settling(second.keychain.add(attributes('struck', 'WhenUnlocked')))
  const third = restarted(bench)
  const found = await settling(third.keychain.copyMatching({ service: 'calibration', all: true }))
  const keys = await settling(third.userDefaults.keys())
  const nothing = refusedBy(found, -25300) && keys.is === 'answered' && keys.value.length === 0
  return pending === 2 && [heard, zombie, struck].every(({ is }) => is === 'waiting') && nothing
    ? proven('what waited at the death, was struck by it or came after it neither happened nor was answered')
    : disproven(
        `of ${pending} effects, at the death the waiting one ${told(heard)}, the struck one ${told(struck)}, one of the ` +
          `dead process ${told(zombie)}; then items ${told(found)}, defaults ${told(keys)}`,
      )
}

const orderedEffects: Probe = async ({ effects, open }) => {
  const app = open()
  const order: string[] = []
  effects.hold(true)
  for (const name of ['first', 'second', 'third'])
    void app.keychain.add(attributes(name, 'WhenUnlocked')).then(() => order.push(name))
  const waiting = effects.pending()
  await settling(Promise.resolve())
  const early = order.length
  for (const index of [1, 1, 0]) {
    if (index < effects.pending()) effects.complete(index)
    await settling(Promise.resolve())
  }
  effects.hold(false)
  const found = await settling(app.keychain.copyMatching({ service: 'calibration', all: true }))
  const listed = found.is === 'answered' ? found.value.items.map(({ account }) => account).join(' ') : told(found)
  const wanted = 'second third first'
  return waiting === 3 && early === 0 && order.join(' ') === wanted && listed === wanted
    ? proven('three additions waited, and were answered and happened in the order second, third, first, as asked')
    : disproven(`${waiting} of 3 waited; asked for '${wanted}', answered '${order.join(' ')}', done '${listed}'`)
}

const capturedOutput: Probe = async ({ device, namespace, open }) => {
  const app = open()
  const line = `calibration line ${namespace}`
  app.log(line)
  app.userDefaults.set('key', 'calibration value')
  await settling(app.userDefaults.synchronize())
  let log = false
  let file = false
  for await (const trace of device.traces(namespace)) {
    const bytes = Buffer.from(trace.bytes)
    if (trace.in === 'output') log ||= bytes.includes(line)
    else file ||= bytes.includes('calibration value')
  }
  return log && file
    ? proven('a line written to the log and a value of the defaults were found in the traces')
    : disproven(`found in the traces: log line ${log}, defaults ${file}`)
}

/** One probe for each facet: our own calls and acts, and what was seen, in words. */
export const probes = {
  'process-death': processDeath,
  'ordered-effects': orderedEffects,
  'captured-output': capturedOutput,
  'enforces-access-control': accessControl,
  'enrolment-invalidates': enrolmentInvalidates,
  'scripted-person': scriptedPerson,
  'seen-prompts': seenPrompts,
  'first-unlock': firstUnlock,
  'phone-backup': backup,
  'counted-kept-items': countedItems,
  'changes-language': changesLanguage,
} as const satisfies Partial<Record<Facet, Probe>>
