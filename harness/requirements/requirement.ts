import type { Description, Platform } from '../contract/description.ts'
import type { Environment, Facet } from '../contract/environment.ts'
import type { Profile } from '../contract/operations.ts'
import type { Blame } from '../contract/verdict.ts'
import type { Facts, Occurrence } from '../judging/call-fact.ts'
import type { Situation } from '../judging/situations.ts'
import type { Exclusion, Head } from './row.ts'

/** Why one occurrence is not allowed. `kind` is stable: with the requirement's id it names the bug. */
export interface Breach {
  readonly kind: string
  readonly expected: string
  readonly seen: string
  readonly blame?: Blame
}

/** One clause of the standard, with what decides it. */
export interface Requirement extends Head<Profile, Platform> {
  readonly needs: readonly Facet[]
  /** In place of these, for a vault of a phone. */
  readonly needsOnPhones?: readonly Facet[]
  /** Situations it judges; at least one must occur. */
  readonly judges: readonly Situation[]
  /** One of these must be witnessed in the same history, so that passing means something. */
  readonly twin: readonly Situation[]
  /** Why it says nothing of this vault, or null. */
  exempts?(description: Description): string | null
  /** Whether this occurrence is evidence that the clause holds; default: every one that is not a breach. */
  witnesses?(occurrence: Occurrence): boolean
  breach(occurrence: Occurrence, description: Description): Breach | null
  readonly excluded?: never
}

/** A row of the catalogue: it has a check, or a reason why not. */
export type Row = Requirement | Exclusion

export type Finding =
  | { readonly is: 'held'; readonly witnesses: number; readonly twins: number }
  | {
      readonly is: 'broken'
      readonly at: number
      readonly situation: Situation
      readonly breach: Breach
      readonly fingerprint: string
    }
  | Vacuous

/** It says nothing of the requirement: what is judged did not occur, or not where it must work. */
export interface Vacuous {
  readonly is: 'vacuous'
  readonly missing: 'situation' | 'twin'
  readonly witnesses: number
}

/** Decides one requirement on one history: broken at its first breach, else held where its twin was met too. */
export function check(requirement: Requirement, facts: Facts, description: Description): Finding {
  let witnesses = 0
  for (const situation of requirement.judges)
    for (const occurrence of facts.of(situation)) {
      const breach = requirement.breach(occurrence, description)
      if (breach !== null)
        return { is: 'broken', at: occurrence.at, situation, breach, fingerprint: `${requirement.id}/${breach.kind}` }
      if (requirement.witnesses?.(occurrence) ?? true) witnesses++
    }
  if (witnesses === 0) return { is: 'vacuous', missing: 'situation', witnesses }
  const twins = requirement.twin.reduce((sum, twin) => sum + facts.of(twin).length, 0)
  return twins === 0 ? { is: 'vacuous', missing: 'twin', witnesses } : { is: 'held', witnesses, twins }
}

/** Facets that this environment does not prove, of those a requirement needs. */
export function lacking(
  { needs, needsOnPhones }: Requirement,
  environment: Environment,
  { platform = 'desktop' }: Description,
): readonly Facet[] {
  const needed = platform === 'desktop' ? needs : (needsOnPhones ?? needs)
  return needed.filter((facet) => environment.facets[facet]?.is !== 'proven')
}
