import type { Facet } from '../../../harness/contract/environment.ts'
import { type Bench as AnyBench, type Probe as AnyProbe, disproven, proven } from '../calibration.ts'
import { outputProbe } from '../output-probe.ts'
import { type PromptEnding, promptProbes } from '../prompt-probes.ts'
import type { ProbeVerb } from './probe-side.ts'

type Bench = AnyBench<ProbeVerb>
type Probe = AnyProbe<ProbeVerb>

/** Shows a prompt for a cipher that was just initialised with the key. */
const askFor = async ({ call, prompts }: Bench, alias: string): Promise<boolean> => {
  await call('init', alias)
  await call('ask')
  return prompts.look()
}

const enforces: Probe = async (bench) => {
  const { call } = bench
  await call('make', 'asked')
  await call('init', 'asked')
  const alone = await call('use')
  const up = await askFor(bench, 'asked')
  await bench.must({ control: 'touch', finger: 'wrong' })
  const missed = await call('heard')
  await bench.must({ control: 'touch', finger: 'right' })
  const [matched, used] = [await call('heard'), await call('use')]
  return up && [alone, missed, matched, used].join() === 'IllegalBlockSizeException,missed,matched,answered'
    ? proven('a key was used after a match at the sensor, and not without one')
    : disproven(
        `a key without a prompt: ${alone}; after a stranger's finger: ${missed}; after the owner's: ${matched}, ${used}`,
      )
}

const enrolmentInvalidates: Probe = async ({ call, must, start }) => {
  await call('make', 'bound')
  await call('make', 'any')
  const before = await call('init', 'bound')
  await must({ control: 'enrol', what: 'finger' })
  await start()
  const [after, any] = [await call('init', 'bound'), await call('init', 'any')]
  await call('make', 'late')
  const late = await call('init', 'late')
  return [before, after, any, late].join() === 'answered,KeyPermanentlyInvalidatedException,answered,answered'
    ? proven(
        'a key was invalidated by one finger more, enrolled in the Settings; one for any finger and one made afterwards were not',
      )
    : disproven(
        `a key before the enrolment: ${before}, after it: ${after}; one for any finger: ${any}; one made afterwards: ${late}`,
      )
}

/** Ways in which a prompt can end, and what the app hears of each. */
const endings: readonly PromptEnding[] = [
  [
    [
      { control: 'touch', finger: 'wrong' },
      { control: 'touch', finger: 'right' },
    ],
    'missed matched',
    'shown missed matched',
  ],
  [[{ control: 'cancel-prompt', by: 'dismissal' }], 'error 10', 'shown dismissed'],
  [[{ control: 'cancel-prompt', by: 'button' }], 'error 13', 'shown button'],
  [[{ control: 'leave-app' }], 'error 5', 'shown system-cancelled'],
]
const { scriptedPerson, seenPrompts } = promptProbes<ProbeVerb>(
  endings,
  (bench) => askFor(bench, 'ended'),
  'heard',
  ({ call }) => call('make', 'ended'),
)

const firstUnlock: Probe = async ({ call, must, start }) => {
  await call('keep', 'kept')
  await must({ control: 'reboot', unlocked: false })
  await start()
  const shut = [await call('kept'), await call('boot')]
  await must({ control: 'unlock-screen' })
  const open = [await call('kept'), await call('boot')]
  return shut.join() === 'IllegalStateException,false' && open.join() === 'kept,true'
    ? proven('preferences could not be opened between a restart and the first unlock, and held their entry after it')
    : disproven(`between restart and unlock: ${shut.join()}; after the unlock: ${open.join()}`)
}

const processDeath: Probe = async ({ call, kill, start }) => {
  await call('make', 'before')
  const before = [await call('init', 'before'), await call('use')]
  await kill()
  await start()
  const after = await call('use')
  return before.join() === 'answered,IllegalBlockSizeException' && after === 'no cipher'
    ? proven('what a process held in memory was gone with it, after a force-stop')
    : disproven(`a cipher before the kill: ${before.join()}; after it: ${after}`)
}

const changesLanguage: Probe = async (bench) => {
  await bench.call('make', 'worded')
  const worded = async () => {
    await askFor(bench, 'worded')
    await bench.must({ control: 'leave-app' })
    return [await bench.call('heard'), await bench.call('message')]
  }
  const [heard, words] = await worded()
  await bench.must({ control: 'change-language' })
  const [heardThen, wordsThen] = await worded()
  return heard === 'error 5' && heardThen === heard && words !== '' && words !== wordsThen
    ? proven("the text of a prompt's error changed with the phone's language, and its code did not")
    : disproven(`before: ${heard} (${words}); after: ${heardThen} (${wordsThen})`)
}

const capturedOutput = outputProbe<ProbeVerb>(async ({ call }, mark) => {
  await call('log', mark)
  await call('keep', mark)
})

const phoneBackup: Probe = async ({ call, must, start }) => {
  const seen: string[] = []
  const fill = async () => [await call('keep', 'kept'), await call('make', 'moved')]
  const look = async () => {
    await start()
    seen.push(`${await call('kept')}/${await call('init', 'moved')}`)
  }
  const filled = await fill()
  await must({ control: 'reinstall', backup: true })
  await look()
  await fill()
  await must({ control: 'reinstall', backup: false })
  await look()
  await fill()
  await must({ control: 'change-phone' })
  await look()
  return filled.join() === 'answered,answered' &&
    seen.join() === 'kept/Error: no key,nothing/Error: no key,kept/Error: no key'
    ? proven(
        'preferences came back from a backup where the app was installed anew and on another phone, and not without one; keys never did',
      )
    : disproven(
        `preferences and a key after a reinstallation with a backup, one without and on another phone: ${seen.join(', ')}`,
      )
}

/** One probe for each facet that can be proven on a phone behind a driver. */
export const probes: { readonly [F in Facet]?: Probe } = {
  'process-death': processDeath,
  'captured-output': capturedOutput,
  'enforces-access-control': enforces,
  'enrolment-invalidates': enrolmentInvalidates,
  'scripted-person': scriptedPerson,
  'seen-prompts': seenPrompts,
  'first-unlock': firstUnlock,
  'changes-language': changesLanguage,
  'phone-backup': phoneBackup,
}
