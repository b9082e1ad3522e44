import type { FailureRecord } from '../harness/contract/stream.ts'
import { type FailureStory, failureStory } from './failure-story.ts'
import type { RequirementTexts } from './requirement-text.ts'
import type { Judged, TargetTally } from './tally.ts'

/** What a report tells of one requirement that failed, or that held against the baseline. */
export type Told =
  /** `known`: the baseline's reason, where it expects this failure. */
  | {
      readonly is: 'failure'
      readonly story: FailureStory
      readonly known: string | null
      /** Whether it counts in the set of the run. */
      readonly scored: boolean
    }
  /** The verdict is a failure and no program came with it, as when the run was cut. */
  | { readonly is: 'untold'; readonly target: string; readonly requirement: string; readonly known: string | null }
  /** A target whose many failures are all known: their ids are enough. */
  | { readonly is: 'known'; readonly target: string; readonly requirements: readonly string[] }
  | { readonly is: 'more'; readonly target: string; readonly requirement: string; readonly times: number }
  | { readonly is: 'unexpected-pass'; readonly target: string; readonly requirement: string; readonly why: string }

/** So many failures of one requirement on one target are told; the others are in the stream. */
const toldEach = 2
/** So many known failures of one target are told whole. */
const knownWhole = 2

/**
 * All that went wrong, what nobody expected first.
 * @param whole also tells each of many known failures of a target
 */
export function toldFailures(targets: readonly TargetTally[], texts: RequirementTexts, whole = true): readonly Told[] {
  const all = targets.flatMap((target) =>
    target.judged.map((judged) => ({ judged, told: tellOne(target, judged, texts) })),
  )
  const expected = all.filter(({ judged }) => judged.verdict.is === 'expected-fail')
  const others = all.filter(({ judged }) => judged.verdict.is !== 'expected-fail')
  const unexpected = [...others.filter(({ judged }) => judged.scored), ...others.filter(({ judged }) => !judged.scored)]
  if (whole) return [...unexpected, ...expected].flatMap(({ told }) => told)
  const many = targets.flatMap(({ target, judged }): readonly (Told & { is: 'known' })[] => {
    const known = judged.filter(({ verdict }) => verdict.is === 'expected-fail')
    if (known.length <= knownWhole) return []
    return [{ is: 'known', target, requirements: known.map(({ requirement }) => requirement) }]
  })
  const few = expected.flatMap(({ told }) =>
    told.filter((one) => one.is === 'known' || !many.some(({ target }) => target === targetOf(one))),
  )
  return [...unexpected.flatMap(({ told }) => told), ...few, ...many]
}

const targetOf = (told: Told): string => (told.is === 'failure' ? told.story.target : told.target)

/** The failures of one requirement on one target, as they were recorded. */
export function failuresOf(target: TargetTally, requirement: string): readonly FailureRecord[] {
  return target.failures.filter((failure) => failure.requirement === requirement)
}

function tellOne(
  target: TargetTally,
  { requirement, verdict, scored }: Judged,
  texts: RequirementTexts,
): readonly Told[] {
  const at = { target: target.target, requirement }
  if (verdict.is === 'unexpected-pass') return [{ is: 'unexpected-pass', ...at, why: verdict.why }]
  if (verdict.is !== 'fail' && verdict.is !== 'expected-fail') return []
  const known = verdict.is === 'expected-fail' ? verdict.why : null
  const failures = failuresOf(target, requirement)
  if (failures.length === 0) return [{ is: 'untold', ...at, known }]
  const told = failures
    .slice(0, toldEach)
    .map((one): Told => ({ is: 'failure', story: failureStory(one, texts), known, scored }))
  const times = failures.length - told.length
  return times > 0 ? [...told, { is: 'more', ...at, times }] : told
}
