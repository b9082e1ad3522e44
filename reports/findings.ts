import type { StreamRecord } from '../harness/contract/stream.ts'
import { count } from './count.ts'
import { failureStory } from './failure-story.ts'
import { code, escaped, table } from './markdown-text.ts'
import { oneLine } from './printable.ts'
import type { RequirementTexts } from './requirement-text.ts'
import { type Judged, type TargetTally, tally } from './tally.ts'

/** Where a published vault comes from, and where it is followed here. */
export interface Origin {
  /** `owner/name`, on GitHub. */
  readonly repository: string
  readonly commit: string
  /** What its own page says. */
  readonly claim: string
  /** Path of the port, from the root: its head says what was followed and what was left out. */
  readonly path: string
}

/** What reading its source had found before anything was run. */
export interface Reading {
  readonly id: string
  readonly where: string
  readonly finding: string
  /** Requirements that show it, by the vault that fails them. */
  readonly shown: readonly { readonly port: string; readonly by: string }[]
  /** Why behaviour does not show it, or shows less. */
  readonly unseen: string | null
}

/** Published vaults as they were judged, as a page: each failure with its clause, its program and what a user would see. */
export function findings(
  records: readonly StreamRecord[],
  texts: RequirementTexts,
  originOf: (target: string) => Origin,
  readings: readonly Reading[],
  config: string,
): string {
  const { targets } = tally(records)
  const failed = new Set(
    targets.flatMap(({ target, failures }) =>
      failures.map(({ requirement }) => `${target.split('@')[0]} ${requirement}`),
    ),
  )
  return [
    table(
      ['vault', 'held', 'failed', 'not testable', 'not applicable'],
      targets.map((target) => [
        `[${escaped(target.target)}](#${anchor(target.target)})`,
        ...[['pass'], ['fail', 'expected-fail'], ['not-testable'], ['not-applicable']].map((names) =>
          String(target.judged.filter(({ verdict }) => names.includes(verdict.is)).length),
        ),
      ]),
    ),
    ...targets.map((target) => section(target, texts, originOf(target.target), config)),
    '## What reading the source had found',
    table(
      ['', 'in', 'what the source says', 'shown by'],
      readings.map((one) => [one.id, escaped(one.where), escaped(one.finding), shown(one, failed)]),
    ),
  ].join('\n\n')
}

/** As GitHub makes them. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

function shown({ shown: expected, unseen }: Reading, failed: ReadonlySet<string>): string {
  const why = unseen === null ? '' : escaped(unseen)
  if (expected.length === 0) return `no behaviour: ${why === '' ? 'nobody said why' : why}`
  const told = expected.map(({ port, by }) => {
    const name = `${escaped(port)}: ${by}`
    return failed.has(`${port} ${by}`) ? name : `**${name}, not found this time**`
  })
  return `${told.join('; ')}${why === '' ? '' : `. ${why}`}`
}

function section(target: TargetTally, texts: RequirementTexts, origin: Origin, config: string): string {
  const { repository, commit, claim, path } = origin
  const at = `[${escaped(repository)}](https://github.com/${repository}/tree/${commit})`
  const broken = target.judged.filter(({ verdict }) => verdict.is === 'fail' || verdict.is === 'expected-fail')
  const applicable = target.judged.filter(({ verdict }) => verdict.is !== 'not-applicable').length
  return [
    `## ${escaped(target.target)}`,
    `${at} at ${code(commit.slice(0, 7))}. [behavioural port](../${path}), F0: to be confirmed on a device. It says of ` +
      `itself: *${escaped(claim)}* Of ${count(applicable, 'requirement')} that apply, ${broken.length} failed.`,
    ...broken.flatMap((one) => failure(target, one, texts, config)),
  ].join('\n\n')
}

/** The shortest program of each requirement is enough. */
function failure(
  target: TargetTally,
  { requirement }: Judged,
  texts: RequirementTexts,
  config: string,
): readonly string[] {
  const [shortest] = target.failures
    .filter((one) => one.requirement === requirement)
    .toSorted((a, b) => a.program.commands.length - b.program.commands.length)
  if (shortest === undefined) return []
  const { level, clause, story, expected, seen, matters, replay, atFault } = failureStory(shortest, texts)
  const steps = story.steps.map(({ sentence, parts }, index) => {
    const step = escaped(sentence)
    return `${index + 1}. ${parts ? `**${step}**` : step}`
  })
  return [
    `### ${requirement}${level === null ? '' : ` (${level})`}: ${escaped(clause)}`,
    steps.join('\n'),
    ...(story.note === null ? [] : [escaped(story.note)]),
    `Expected ${escaped(expected)}; seen ${escaped(seen)}. At fault: ${escaped(atFault)}. What a user would see: ` +
      `${escaped(matters ?? 'not known')}`,
    ...(replay === null ? [] : [`\`\`\`sh\nnpx ${oneLine(replay)} --config ${config}\n\`\`\``]),
  ]
}
