import type { Description, Platform } from '../contract/description.ts'
import type { Environment, Facet } from '../contract/environment.ts'
import type { Profile } from '../contract/operations.ts'
import type { Blame } from '../contract/verdict.ts'
import type { Facts, Occurrence } from '../judging/call-fact.ts'
import type { Situation } from '../judging/situations.ts'

/** What an attacker or an accident gains where the requirement does not hold. */
export type Threat = 'LOSS' | 'LEAK' | 'BYPASS' | 'HANG' | 'WRONG-CODE' | 'COST'

/** Why one occurrence is not allowed. `kind` is stable: with the requirement's id it names the bug. */
export interface Breach {
  readonly kind: string
  readonly expected: string
  readonly seen: string
  readonly blame?: Blame
}

/** One clause of the standard, with what decides it. */
export interface Requirement {
  readonly id: string
  readonly family: string
  readonly level: 'MUST' | 'SHOULD'
  readonly profiles: readonly Profile[]
  /** One testable sentence. */
  readonly clause: string
  readonly threat: Threat
  /** Weaknesses of the Common Weakness Enumeration that breaking it amounts to, as `CWE-323`. */
  readonly cwe?: readonly string[]
  /** Weaknesses of OWASP's mobile list, as `MASWE-0021`, where one fits. */
  readonly maswe?: readonly string[]
  /** What an app must run on for it to mean something. Absent: anything. */
  readonly platforms?: readonly Platform[]
  /** What a user would meet. */
  readonly why: string
  /** What a vault's author should do. */
  readonly advice: string
  readonly sources: readonly string[]
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
}

export type Finding =
  | { readonly is: 'held'; readonly witnesses: number; readonly twins: number }
  | {
      readonly is: 'broken'
      readonly at: number
      readonly situation: Situation
      readonly breach: Breach
      readonly fingerprint: string
    }
  | { readonly is: 'vacuous'; readonly missing: 'situation' | 'twin'; readonly witnesses: number }

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
