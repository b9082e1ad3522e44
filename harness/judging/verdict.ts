import type { Description } from '../contract/description.ts'
import type { Environment } from '../contract/environment.ts'
import type { Effort } from '../contract/stream.ts'
import type { Cause, Verdict } from '../contract/verdict.ts'
import { lacking, type Requirement } from '../requirements/requirement.ts'
import { type Baseline, type BaselineEntry, covers, expired } from './baseline.ts'
import { neededControls } from './brought-by.ts'

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
  /** Whose doing that was. Default: the budget's. */
  readonly cutBy?: Cause
  /** A missing situation is then our own fault: the reference at the full budget reaches everything. */
  readonly mustReach: boolean
}

/** Why a requirement says nothing of this vault, or null. */
export function exemption(requirement: Requirement, description: Description): string | null {
  if (!requirement.profiles.some((profile) => description.profiles.includes(profile)))
    return `the vault does not claim the profile ${requirement.profiles.join(' or ')}`
  return requirement.exempts?.(description) ?? elsewhere(requirement, description)
}

const elsewhere = ({ platforms }: Requirement, { platform = 'desktop' }: Description): string | null =>
  platforms === undefined || platforms.includes(platform)
    ? null
    : `it is about ${platforms.join(' and ')}, and the vault is for ${platform}`

const stale = (entry: BaselineEntry | undefined, because: string): Verdict => ({
  is: 'unexpected-pass',
  why: `the baseline expects a failure (${entry?.reason}), but ${because}: remove that entry`,
})

/** One of seven, by the evidence. */
export function verdictOf(of: Case): Verdict {
  const { requirement, effort, fingerprints, baseline, target, environment } = of
  const known = baseline.known.filter((entry) => entry.target === target && entry.requirement === requirement.id)
  const always = known.filter(({ sometimes }) => sometimes !== true)
  const exempt = exemption(requirement, of.description)
  if (exempt !== null)
    return known.length === 0
      ? { is: 'not-applicable', why: exempt }
      : stale(known[0], `this requirement says nothing here, as ${exempt}`)
  const missing = lacking(requirement, environment, of.description)
  const [facet] = missing
  if (facet !== undefined) {
    const state = environment.facets[facet]
    const why = state === undefined ? 'never probed' : state.is === 'unproven' ? state.why : state.evidence
    return { is: 'not-testable', cause: 'environment', why: `${environment.device} lacks '${facet}': ${why}` }
  }
  if (fingerprints.length > 0) {
    const uncovered = fingerprints.filter(
      (fingerprint) => covers(baseline, target, requirement.id, fingerprint) === undefined,
    )
    if (uncovered.length > 0) return { is: 'fail' }
    const rotten = known.find((entry) => expired(entry, of.today))
    if (rotten !== undefined)
      return {
        is: 'fail',
        why: `its baseline entry expired on ${rotten.expires} (${rotten.reason}): fix it, or give a new day and reason`,
      }
    const gone = always.find(({ fingerprint }) => fingerprint !== undefined && !fingerprints.includes(fingerprint))
    if (gone !== undefined && of.cut === null) return stale(gone, `'${gone.fingerprint}' was not seen again`)
    return { is: 'expected-fail', why: known[0]?.reason ?? '' }
  }
  if (of.held > 0) return always.length === 0 ? { is: 'pass' } : stale(always[0], 'it holds')
  const controls = neededControls(requirement.judges, (control) => environment.controls.includes(control))
  if (controls !== null && effort.situations === 0)
    return {
      is: 'not-testable',
      cause: 'environment',
      why: noControl(environment, controls),
    }
  const lacks =
    effort.situations === 0
      ? `'${requirement.judges.join("' or '")}' never occurred`
      : `'${requirement.twin.join("' or '")}' never occurred beside it`
  const why = of.cut === null ? `${lacks} in ${effort.programs} programs` : `${lacks} before the run was cut: ${of.cut}`
  if (of.mustReach && of.cut === null) return { is: 'harness-error', why }
  return { is: 'not-testable', cause: of.cutBy ?? 'budget', why }
}

/** Which controls nobody can do there; and why not, where that is told of them. */
const noControl = ({ device, lacks = {} }: Environment, controls: readonly string[]): string => {
  const why = [...new Set(controls.flatMap((control) => lacks[control] ?? []))]
  return `${device} has no control '${controls.join("' or '")}'${why.length === 0 ? '' : `: ${why.join('; ')}`}`
}
