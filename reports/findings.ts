import type { StreamRecord } from '../harness/contract/stream.ts'
import { count } from './count.ts'
import { failureStory } from './failure-story.ts'
import { code, escaped, table } from './markdown-text.ts'
import { oneLine } from './printable.ts'
import type { RequirementTexts } from './requirement-text.ts'
import { type Judged, type TargetTally, tally } from './tally.ts'

/** Where a published vault comes from, and how it was made to run here. */
export interface Origin {
  /** `owner/name`, on GitHub. */
  readonly repository: string
  readonly commit: string
  /** What of it was followed, and what was left out: a sentence each. */
  readonly follows: string
  readonly leftOut: string
}

/** What reading its source had found before anything was run. */
export interface Reading {
  readonly id: string
  readonly finding: string
  /** Ids of requirements that show it; empty where behaviour cannot. */
  readonly shownBy: readonly string[]
  /** Why behaviour cannot show it. */
  readonly unseen?: string
}

/** Published vaults as they were judged, as a page: each failure with its clause, its program and what a user would see. */
export function findings(
  records: readonly StreamRecord[],
  texts: RequirementTexts,
  originOf: (target: string) => Origin,
  readings: readonly Reading[],
): string {
  const { targets } = tally(records)
  const failed = new Set(targets.flatMap((target) => target.failures.map(({ requirement }) => requirement)))
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
    ...targets.map((target) => section(target, texts, originOf(target.target))),
    '## What reading the source had found',
    table(
      ['', 'what the source says', 'shown by'],
      readings.map(({ id, finding, shownBy, unseen }) => [id, escaped(finding), shown(shownBy, unseen, failed)]),
    ),
  ].join('\n\n')
}

/** As GitHub makes them. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

function shown(ids: readonly string[], unseen: string | undefined, failed: ReadonlySet<string>): string {
  const seen = ids.filter((id) => failed.has(id))
  if (seen.length > 0) return seen.join(', ')
  if (ids.length > 0) return `**not found**, though ${ids.join(', ')} should`
  return `no behaviour: ${escaped(unseen ?? 'nobody said why')}`
}

function section(target: TargetTally, texts: RequirementTexts, origin: Origin): string {
  const { repository, commit, follows, leftOut } = origin
  const at = `[${escaped(repository)}](https://github.com/${repository}/tree/${commit})`
  const broken = target.judged.filter(({ verdict }) => verdict.is === 'fail' || verdict.is === 'expected-fail')
  const applicable = target.judged.filter(({ verdict }) => verdict.is !== 'not-applicable').length
  return [
    `## ${escaped(target.target)}`,
    `${at} at ${code(commit.slice(0, 7))}. *Behavioural port, F0: to be confirmed on a device.* ${escaped(follows)} Left out: ` +
      `${escaped(leftOut)} Of ${count(applicable, 'requirement')} that apply, ${broken.length} failed.`,
    ...broken.flatMap((one) => failure(target, one, texts)),
  ].join('\n\n')
}

/** The shortest program of each requirement is enough. */
function failure(target: TargetTally, { requirement }: Judged, texts: RequirementTexts): readonly string[] {
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
    ...(replay === null ? [] : [`\`\`\`sh\nnpx ${oneLine(replay)}\n\`\`\``]),
  ]
}
