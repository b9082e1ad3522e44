import type { Description } from '../contract/description.ts'
import type { Environment } from '../contract/environment.ts'
import type { Effort } from '../contract/stream.ts'
import type { Verdict } from '../contract/verdict.ts'
import { lacking, type Requirement } from '../requirements/requirement.ts'
import { type Baseline, covers, expired } from './baseline.ts'

/** Everything that a verdict on one requirement follows from. */
export interface Case {
  readonly requirement: Requirement
  readonly description: Description
  readonly environment: Environment
  readonly effort: Effort
  /** Histories in which it held beside its twin. */
  readonly held: number
  readonly fingerprints: readonly string[]
  readonly target: string
  readonly baseline: Baseline
  /** YYYY-MM-DD. */
  readonly today: string
  /** Set where nothing was run to its end. */
  readonly cut: string | null
  /** A missing situation is then our own fault: the reference at the full budget reaches everything. */
  readonly mustReach: boolean
}

/** Why a requirement says nothing of this vault, or null. */
export function exemption(requirement: Requirement, description: Description): string | null {
  if (!requirement.profiles.some((profile) => description.profiles.includes(profile)))
    return `the vault does not claim the profile ${requirement.profiles.join(' or ')}`
  return requirement.exempts?.(description) ?? null
}

/** One of seven, by the evidence. */
export function verdictOf(of: Case): Verdict {
  const { requirement, effort, fingerprints, baseline, target, environment } = of
  const exempt = exemption(requirement, of.description)
  if (exempt !== null) return { is: 'not-applicable', why: exempt }
  const missing = lacking(requirement, environment)
  const [facet] = missing
  if (facet !== undefined) {
    const state = environment.facets[facet]
    const why = state === undefined ? 'never probed' : state.is === 'unproven' ? state.why : state.evidence
    return { is: 'not-testable', cause: 'environment', why: `${environment.device} lacks '${facet}': ${why}` }
  }
  const known = baseline.known.filter((entry) => entry.target === target && entry.requirement === requirement.id)
  if (fingerprints.length > 0) {
    const uncovered = fingerprints.filter(
      (fingerprint) => covers(baseline, target, requirement.id, fingerprint) === undefined,
    )
    const rotten = known.find((entry) => expired(entry, of.today))
    if (uncovered.length > 0 || rotten !== undefined) return { is: 'fail' }
    return { is: 'expected-fail', why: known[0]?.reason ?? '' }
  }
  if (of.held > 0) {
    if (known.length > 0)
      return { is: 'unexpected-pass', why: `the baseline expects a failure (${known[0]?.reason}): remove that entry` }
    return { is: 'pass' }
  }
  const lacks =
    effort.situations === 0
      ? `'${requirement.judges.join("' or '")}' never occurred`
      : `'${requirement.twin.join("' or '")}' never occurred beside it`
  const why = of.cut === null ? `${lacks} in ${effort.programs} programs` : `${lacks} before the run was cut: ${of.cut}`
  if (of.mustReach && of.cut === null) return { is: 'harness-error', why }
  return { is: 'not-testable', cause: 'budget', why }
}
