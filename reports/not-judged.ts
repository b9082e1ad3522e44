import { oneLine } from './printable.ts'
import type { TargetTally } from './tally.ts'

export interface NotJudged {
  readonly requirements: readonly string[]
  /** Whether and why: `not testable here (environment): no keyring can be locked`. */
  readonly reason: string
}

const words = {
  'not-applicable': 'not applicable',
  'not-testable': 'not testable here',
  'harness-error': 'harness error',
} as const

/** What was not judged on a target, requirements of the same reason together; troubles of the whole target come first. */
export function notJudged({ judged, errors, smoke }: TargetTally): readonly NotJudged[] {
  const groups = new Map<string, string[]>()
  for (const { requirement, verdict } of judged) {
    if (verdict.is !== 'not-applicable' && verdict.is !== 'not-testable' && verdict.is !== 'harness-error') continue
    const cause = verdict.is === 'not-testable' ? ` (${verdict.cause})` : ''
    const reason = `${words[verdict.is]}${cause}: ${oneLine(verdict.why)}`
    groups.set(reason, [...(groups.get(reason) ?? []), requirement])
  }
  const troubles = [...(smoke?.ok === false ? [smoke] : []), ...errors].map(({ sentence }) => oneLine(sentence))
  const said = [...groups.keys()].join('\n')
  const alone = [...new Set(troubles)].filter((sentence) => !said.includes(sentence))
  return [
    ...alone.map((reason) => ({ requirements: [], reason })),
    ...[...groups].map(([reason, requirements]) => ({ requirements, reason })),
  ]
}
