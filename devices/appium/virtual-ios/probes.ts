import type { Facet } from '../../../harness/contract/environment.ts'
import { type Bench as AnyBench, type Probe as AnyProbe, disproven, proven } from '../calibration.ts'
import { outputProbe } from '../output-probe.ts'
import { type PromptEnding, promptProbes } from '../prompt-probes.ts'
import type { ProbeVerb } from './probe-side.ts'

type Bench = AnyBench<ProbeVerb>
type Probe = AnyProbe<ProbeVerb>

/** What a read came to by itself, or `asking` where a prompt is up. */
const reading = async ({ call, prompts }: Bench, account: string): Promise<string> => {
  await call('read', account)
  return (await prompts.look()) ? 'asking' : call('heard')
}

const enforces: Probe = async (bench) => {
  const { call } = bench
  await call('keep', 'asked')
  const alone = await reading(bench, 'asked')
  if (alone !== 'asking') return disproven(`reading an item that needs a person came to ${alone}, and nobody was asked`)
  await bench.must({ control: 'touch', finger: 'wrong' })
  const missed = await call('heard')
  await bench.must({ control: 'touch', finger: 'right' })
  const matched = await call('heard')
  await reading(bench, 'asked')
  await bench.must({ control: 'cancel-prompt', by: 'dismissal' })
  const dismissed = await call('heard')
  return [missed, matched, dismissed].join() === ',given,-128'
    ? proven(
        'an item was given after a match at the sensor, and neither after a miss nor where the prompt was dismissed',
      )
    : disproven(`after a stranger's finger: '${missed}'; after the owner's: ${matched}; dismissed: ${dismissed}`)
}

/** Ways in which a prompt can end, and what the app hears of each. */
const endings: readonly PromptEnding[] = [
  [
    [
      { control: 'touch', finger: 'wrong' },
      { control: 'touch', finger: 'right' },
    ],
    'recognised',
    'shown missed matched',
  ],
  [[{ control: 'cancel-prompt', by: 'dismissal' }], '-2', 'shown dismissed'],
  [
    [
      { control: 'touch', finger: 'wrong' },
      { control: 'cancel-prompt', by: 'button' },
    ],
    '-3',
    'shown missed button',
  ],
  [[{ control: 'leave-app' }], '-4', 'shown system-cancelled'],
]
const asked = async (bench: Bench): Promise<boolean> => {
  await bench.call('ask')
  return bench.prompts.look()
}
const { scriptedPerson, seenPrompts } = promptProbes<ProbeVerb>(endings, asked, 'heard')

const processDeath: Probe = async ({ call, kill, start }) => {
  await call('hold', 'ours')
  const before = await call('held')
  await kill()
  await start()
  const after = await call('held')
  return before === 'ours' && after === 'nothing'
    ? proven('what a process held in memory was gone with it, after it was terminated')
    : disproven(`held before the end of the process: ${before}; after it: ${after}`)
}

const changesLanguage: Probe = async (bench) => {
  const worded = async () => {
    await asked(bench)
    await bench.must({ control: 'cancel-prompt', by: 'dismissal' })
    return [await bench.call('heard'), await bench.call('message')]
  }
  const [heard, words] = await worded()
  await bench.must({ control: 'change-language' })
  const [heardThen, wordsThen] = await worded()
  return heard === '-2' && heardThen === heard && words !== '' && words !== wordsThen
    ? proven("the text of a prompt's error changed with the phone's language, and its code did not")
    : disproven(`before: ${heard} (${words}); after: ${heardThen} (${wordsThen})`)
}

const capturedOutput = outputProbe<ProbeVerb>(({ call }, mark) => call('log', mark))

const enrolmentInvalidates: Probe = async (bench) => {
  const { call, must } = bench
  await call('keep', 'bound')
  await call('keep', 'any')
  await must({ control: 'unenrol', which: 'all' })
  await must({ control: 'enrol', what: 'finger' })
  const bound = await reading(bench, 'bound')
  const any = await reading(bench, 'any')
  await call('keep', 'late')
  await must({ control: 'touch', finger: 'right' })
  const given = await call('heard')
  const late = await reading(bench, 'late')
  await bench.apply({ control: 'cancel-prompt', by: 'dismissal' })
  await call('heard')
  return [bound, any, given, late].join() === '-25300,asking,given,asking'
    ? proven(
        'an item for those enrolled was gone after all were removed and somebody was enrolled anew; one for anybody was ' +
          'given, and one kept afterwards is asked for. There is no second finger here: only this change was seen',
      )
    : disproven(
        `after enrolling anew, an item for those before: ${bound}; for anybody: ${any}, ${given}; a new one: ${late}`,
      )
}

/** One probe for each facet that can be proven behind a simulator's commands. */
export const probes: { readonly [F in Facet]?: Probe } = {
  'process-death': processDeath,
  'captured-output': capturedOutput,
  'enforces-access-control': enforces,
  'enrolment-invalidates': enrolmentInvalidates,
  'scripted-person': scriptedPerson,
  'seen-prompts': seenPrompts,
  'changes-language': changesLanguage,
}
