import type { Control } from '../../../harness/contract/controls.ts'
import { accessControlFlags as flags, type IosApp } from '../../../harness/contract/platforms/ios.ts'
import type { PromptPhase } from '../../../harness/contract/prompt.ts'
import { type Settling, settling } from '../../simulation/settling.ts'
import { disproven, gave, keep, must, type Probe, proven, reading, refusedBy, told } from './probe.ts'

export const accessControl: Probe = async (bench) => {
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

export const enrolmentInvalidates: Probe = async (bench) => {
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

export const scriptedPerson: Probe = async (bench) => {
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

export const seenPrompts: Probe = async (bench) => {
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

export const watchedMainThread: Probe = async (bench) => {
  const { device, prompts } = bench
  const app = bench.open()
  await keep(app, 'asks', 'WhenUnlockedThisDeviceOnly', flags.biometryAny)
  const held = async (ask: () => unknown) => {
    void ask()
    await settling(new Promise(() => {}))
    prompts.answer()
    await settling(new Promise(() => {}))
    return device.takeHeld?.()
  }
  const read = () => app.keychain.copyMatching(reading('asks'))
  const elsewhere = await held(read)
  const replied = await held(() => app.asyncAfter(0, () => evaluate(app)))
  const onMain = await held(() => app.asyncAfter(0, read))
  const lives = device.ended?.()
  app.asyncAfter(0, () => {
    throw new Error('calibration')
  })
  await settling(new Promise(() => {}))
  const ended = device.ended?.()
  return elsewhere === false && replied === false && onMain === true && lives === false && ended === true
    ? proven(
        'a read that asked the person on the main thread was seen, and none elsewhere; so was a process that threw',
      )
    : disproven(
        `held by a read elsewhere: ${elsewhere}, by a prompt that replies: ${replied}, by a read on the main thread: ` +
          `${onMain}; ended: ${lives}, by a throw: ${ended}`,
      )
}

export const firstUnlock: Probe = async (bench) => {
  const first = bench.open()
  await keep(first, 'closed', 'AfterFirstUnlock')
  first.userDefaults.set('key', 'value')
  await settling(first.userDefaults.synchronize())
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

export const backup: Probe = async (bench) => {
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

export const countedItems: Probe = async ({ device, namespace, open }) => {
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

export const changesLanguage: Probe = async (bench) => {
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
