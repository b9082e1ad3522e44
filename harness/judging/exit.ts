import type { Fidelity } from '../contract/environment.ts'
import type { Verdict } from '../contract/verdict.ts'

export interface Judged {
  readonly target: string
  readonly requirement: string
  readonly level: 'MUST' | 'SHOULD'
  readonly profiles: readonly string[]
  readonly fidelity: Fidelity
  readonly verdict: Verdict
  /** False where its row is later than the set of the run: its failure then decides nothing. */
  readonly scored: boolean
}

/** `store` or `store@F2`. */
export interface Demand {
  readonly profile: string
  readonly fidelity: Fidelity | null
}

export interface End {
  readonly exit: 0 | 1 | 3
  readonly sentence: string
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/**
 * What a run ends with: 1 where something unexpected was seen, else 3 where nothing could be judged or the harness
 * failed, else 0. `faults` are targets that could not be run through.
 */
export function endOf(
  judged: readonly Judged[],
  faults: readonly string[],
  strict: boolean,
  demand: Demand | null,
): End {
  const unexpected = judged.filter(
    ({ verdict, level, scored }) =>
      (verdict.is === 'fail' && scored && (level === 'MUST' || strict)) || verdict.is === 'unexpected-pass',
  )
  if (unexpected.length > 0) {
    const list = unexpected.slice(0, 5).map(({ target, requirement, verdict }) => {
      const why = 'why' in verdict && verdict.why !== undefined ? ` (${verdict.why})` : ''
      return `${requirement} on ${target}${why}`
    })
    return {
      exit: 1,
      sentence: `${plural(unexpected.length, 'unexpected result')}: ${list.join(', ')}${unexpected.length > 5 ? ', …' : ''}.`,
    }
  }
  const errors = judged.filter(({ verdict }) => verdict.is === 'harness-error')
  const [error] = errors
  if (error !== undefined)
    return {
      exit: 3,
      sentence: `Holdfast itself failed: ${error.requirement} on ${error.target}: ${'why' in error.verdict ? error.verdict.why : ''}.`,
    }
  if (faults.length > 0) return { exit: 3, sentence: `Not judged: ${faults.join(', ')}.` }
  const passed = judged.filter(({ verdict }) => verdict.is === 'pass').length
  if (passed === 0) return { exit: 3, sentence: 'Nothing was judged: no check could say anything.' }
  if (demand !== null) {
    const short = unmet(judged, demand)
    if (short !== null) return { exit: 1, sentence: short }
  }
  const expected = judged.filter(({ verdict }) => verdict.is === 'expected-fail').length
  const aside = judged.filter(({ verdict, scored }) => verdict.is === 'fail' && !scored).length
  const told = aside === 0 ? '' : `, ${aside} failed that ${aside === 1 ? 'is' : 'are'} not scored`
  const known = expected === 0 ? '' : `, ${plural(expected, 'known failure')} as the baseline says`
  return { exit: 0, sentence: `Nothing unexpected: ${plural(passed, 'check')} held${known}${told}.` }
}

/** What keeps the demanded profile from being shown at that fidelity; null where every MUST of it passes. */
function unmet(judged: readonly Judged[], { profile, fidelity }: Demand): string | null {
  const least = fidelity ?? 'F0'
  const musts = judged.filter(
    (one) => one.scored && one.level === 'MUST' && one.profiles.includes(profile) && one.fidelity >= least,
  )
  const name = fidelity === null ? profile : `${profile}@${fidelity}`
  if (musts.length === 0) return `${name} is not shown: nothing of that profile was judged at ${least} or better.`
  const short = musts.filter(({ verdict }) => verdict.is !== 'pass' && verdict.is !== 'not-applicable')
  const [first] = short
  if (first === undefined) return null
  return `${name} is not shown: ${plural(short.length, 'MUST')} of it did not pass, the first ${first.requirement} on ${first.target} (${first.verdict.is}).`
}
