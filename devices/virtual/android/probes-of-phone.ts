import type { phoneFacets } from '../../../harness/contract/environment.ts'
import { settling } from '../../simulation/settling.ts'
import { ask, begun, boundKey, got, initTold, must, quiet, strongPrompt, told, toldOf } from './bench.ts'
import { disproven, type Probe, proven } from './probes-of-seam.ts'

const ours = Uint8Array.of(0x70, 0x72, 0x6f, 0x62, 0x65)

const enforces: Probe = async (bench) => {
  const app = bench.start()
  const alone = await toldOf((await begun(app, boundKey('alone'))).doFinal(ours))
  const asked = await begun(app, boundKey('asked'))
  await ask(app, asked)
  const answered = bench.prompts.answer()
  await quiet()
  const matched = await toldOf(asked.doFinal(ours))
  const forged = await begun(app, boundKey('forged'))
  await ask(app, forged)
  await must(bench, { control: 'forge-match' })
  const fooled = await toldOf(forged.doFinal(ours))
  return answered && [alone, matched, fooled].join() === 'IllegalBlockSizeException,answered,IllegalBlockSizeException'
    ? proven('a key was used after a match, and neither without a prompt nor after a match that was told and never was')
    : disproven(`using a key without a prompt: ${alone}; after a match: ${matched}; after a forged match: ${fooled}`)
}

const enrolmentInvalidates: Probe = async (bench) => {
  const app = bench.start()
  await got(app.keyStore.generateKey(boundKey('bound')))
  await got(app.keyStore.generateKey(boundKey('any', { invalidatedByBiometricEnrollment: false })))
  const before = await initTold(app, 'bound')
  await must(bench, { control: 'enrol', what: 'finger' })
  const after = await initTold(app, 'bound')
  const any = await initTold(app, 'any')
  await got(app.keyStore.generateKey(boundKey('late')))
  const late = await initTold(app, 'late')
  return [before, after, any, late].join() === 'answered,KeyPermanentlyInvalidatedException,answered,answered'
    ? proven('a key was invalidated by one finger more; one for any finger and one made afterwards were not')
    : disproven(
        `a key before the enrolment: ${before}, after it: ${after}; one for any finger: ${any}; one made afterwards: ${late}`,
      )
}

/** Every way in which a prompt can end, what the app hears of it and what is seen. */
const endings = async (bench: Parameters<Probe>[0]) => {
  const app = bench.start()
  const heard: string[] = []
  const shows = async (...acts: readonly Parameters<typeof must>[1][]) => {
    const one = await ask(app)
    for (const control of acts) await must(bench, control)
    await quiet()
    heard.push(one.heard.join(' '))
  }
  await shows({ control: 'touch', finger: 'wrong' }, { control: 'touch', finger: 'right' })
  await shows({ control: 'cancel-prompt', by: 'dismissal' })
  await shows({ control: 'cancel-prompt', by: 'button' })
  await shows({ control: 'time-out-prompt' })
  await shows({ control: 'leave-app' })
  return heard.join(', ')
}
const heardOfEndings = 'missed matched, error 10, error 13, error 3, error 5'

const scriptedPerson: Probe = async (bench) => {
  const idle = await bench.device.apply({ control: 'touch', finger: 'right' })
  const heard = await endings(bench)
  return idle === 'skipped' && heard === heardOfEndings
    ? proven('a miss and a match, a dismissal, the other button, a timeout and leaving the app were each heard as such')
    : disproven(`a touch without a prompt was ${idle}; heard of the endings in turn: ${heard}`)
}

const seenPrompts: Probe = async (bench) => {
  const before = bench.prompts.up()
  const { prompt } = await ask(bench.start())
  const during = bench.prompts.up()
  prompt.cancelAuthentication()
  await quiet()
  const after = bench.prompts.up()
  await endings(bench)
  const seen = bench.phases.join(' ')
  const wanted =
    'shown app-cancelled shown missed matched shown dismissed shown button shown timed-out shown system-cancelled'
  return !before && during && !after && seen === wanted
    ? proven('six prompts were seen, with how each ended, and each was up only until then')
    : disproven(`up before, during and after a prompt: ${before}, ${during}, ${after}; seen: ${seen}`)
}

const watchedMainThread: Probe = async (bench) => {
  const app = bench.start()
  const { device, prompts } = bench
  const asked = (heard: () => void) =>
    app
      .activity()
      .biometricPrompt({ onAuthenticationSucceeded: heard, onAuthenticationError: heard })
      .authenticate(strongPrompt)
  const answered = async () => {
    await quiet()
    prompts.answer()
    await quiet()
    return device.takeHeld?.()
  }
  app.postDelayed(0, () => void asked(() => {}))
  const free = await answered()
  app.postDelayed(0, () => new Promise<void>((done) => asked(done)))
  const held = await answered()
  const lives = device.ended?.()
  bench.start().postDelayed(0, () => {
    throw new Error('calibration')
  })
  await quiet()
  const ended = device.ended?.()
  return free === false && held === true && lives === false && ended === true
    ? proven('a main thread that waited for the person was seen, and none that did not; so was a process that threw')
    : disproven(
        `held while a prompt was not waited for: ${free}, while it was: ${held}; ended: ${lives}, by a throw: ${ended}`,
      )
}

const firstUnlock: Probe = async (bench) => {
  await got(bench.start().sharedPreferences('probe').edit().putString('entry', 'kept').commit())
  await must(bench, { control: 'reboot', unlocked: false })
  const early = bench.start()
  const entry = async () => early.sharedPreferences('probe').getString('entry')
  const shut = [await toldOf(entry()), await got(early.isUserUnlocked())]
  await must(bench, { control: 'unlock-screen' })
  const open = [await got(entry()), await got(early.isUserUnlocked())]
  return shut.join() === 'IllegalStateException,false' && open.join() === 'kept,true'
    ? proven('preferences could not be opened between a start and the first unlock, and held their entry after it')
    : disproven(`between start and unlock: ${shut.join()}; after the unlock: ${open.join()}`)
}

const phoneBackup: Probe = async (bench) => {
  const state: string[] = []
  const look = async (what: string) => {
    const app = bench.start()
    const left = [
      (await got(app.sharedPreferences('probe').contains('entry'))) ? 'entry' : '',
      (await got(app.noBackupFiles.read('file'))) === null ? '' : 'file',
      (await got(app.keyStore.containsAlias('key'))) ? 'key' : '',
    ]
    state.push(`${what}: ${left.filter((one) => one !== '').join(' ') || 'nothing'} (${bench.device.takeRestored?.()})`)
  }
  const fill = async () => {
    const app = bench.start()
    await got(app.sharedPreferences('probe').edit().putString('entry', 'kept').commit())
    await got(app.noBackupFiles.write('file', ours))
    await got(app.keyStore.generateKey({ alias: 'key', transformation: 'AES/GCM/NoPadding' }))
  }
  await fill()
  await look('before')
  await must(bench, { control: 'reinstall', backup: true })
  await look('with its backup')
  await fill()
  await must(bench, { control: 'change-phone' })
  await look('on another phone')
  await fill()
  await must(bench, { control: 'reinstall', backup: false })
  await look('without its backup')
  const seen = state.join('; ')
  const wanted =
    'before: entry file key (null); with its backup: entry (1); on another phone: entry (1); without its backup: nothing (null)'
  return seen === wanted
    ? proven(
        'preferences came back with a backup, there and on another phone; keys and files outside backups never did',
      )
    : disproven(`left of an entry, a file and a key: ${seen}`)
}

const countedKeptItems: Probe = async ({ device, start }) => {
  const before = await device.footprint('holdfast-calibration')
  const app = start()
  const cipher = await begun(app, { alias: 'key', transformation: 'AES/GCM/NoPadding' })
  const sealed = await got(cipher.doFinal(ours))
  await got(app.sharedPreferences('probe').edit().putString('one', '1').putString('two', '2').commit())
  await got(app.noBackupFiles.write('file', ours))
  const opened = app.keyStore.cipher('AES/GCM/NoPadding')
  await got(opened.init('decrypt', { alias: 'key' }, cipher.iv))
  await got(opened.doFinal(sealed))
  const after = await device.footprint('holdfast-calibration')
  const items = (after?.items ?? 0) - (before?.items ?? 0)
  const reads = (after?.secretReads ?? 0) - (before?.secretReads ?? 0)
  return items === 4 && reads === 1
    ? proven('a key, two entries of preferences, a file and one decrypted value were counted')
    : disproven(
        `a key, two entries and a file were kept and one value decrypted; counted: ${items} items, ${reads} reads`,
      )
}

const changesLanguage: Probe = async (bench) => {
  const app = bench.start()
  const cipher = await begun(app, boundKey('key'))
  const failing = async () => {
    await got(cipher.init('encrypt', { alias: 'key' }))
    const seen = await settling(cipher.doFinal(ours))
    const { heard, texts } = await ask(app)
    await must(bench, { control: 'leave-app' })
    await quiet()
    const message = seen.is === 'failed' && seen.error instanceof Error ? seen.error.message : ''
    return { identity: `${told(seen)}, ${heard.join()}`, words: [message, ...texts] }
  }
  const before = await failing()
  await must(bench, { control: 'change-language' })
  const after = await failing()
  const worded = before.words.every((word, index) => word !== '' && word !== after.words[index])
  return worded && before.words.length === 2 && before.identity === after.identity
    ? proven('the message of an exception and the text of a prompt error changed, their class and code did not')
    : disproven(
        `before: ${before.identity} (${before.words.join(' / ')}); after: ${after.identity} (${after.words.join(' / ')})`,
      )
}

/** One probe for each facet of a phone: our own calls as an app, and what was seen, in words. */
export const probesOfPhone: Readonly<Record<keyof typeof phoneFacets, Probe>> = {
  'enforces-access-control': enforces,
  'enrolment-invalidates': enrolmentInvalidates,
  'scripted-person': scriptedPerson,
  'seen-prompts': seenPrompts,
  'watched-main-thread': watchedMainThread,
  'first-unlock': firstUnlock,
  'phone-backup': phoneBackup,
  'counted-kept-items': countedKeptItems,
  'changes-language': changesLanguage,
}
