import { facets } from '../contract/environment.ts'
import { situations } from '../judging/situations.ts'
import proofs from '../requirements/proofs.json' with { type: 'json' }
import type { Requirement, Row } from '../requirements/requirement.ts'
import type { Exclusion } from '../requirements/row.ts'
import { scored } from '../requirements/set.ts'
import { cwe, maswe } from '../requirements/weaknesses.ts'
import type { ExclusionRow, Named, Proof, RequirementRow, RowText } from './engine.ts'

/** Known-bad vaults by the requirement whose check must catch them. Fixtures are no part of the command line: a page's update writes this. */
const proven: Readonly<Record<string, readonly Proof[]>> = proofs

const named = <K extends string>(names: readonly K[], meanings: Readonly<Record<K, string>>): readonly Named[] =>
  names.map((name) => ({ name, meaning: meanings[name] }))

const textOf = (row: Row): RowText => ({
  id: row.id,
  family: row.family,
  level: row.level,
  profiles: row.profiles,
  platforms: row.platforms ?? [],
  clause: row.clause,
  threat: row.threat,
  why: row.why,
  advice: row.advice,
  sources: row.sources,
  weaknesses: [...named(row.cwe, cwe), ...named(row.maswe ?? [], maswe)],
})

/** A requirement in words. */
export const requirementRow = (row: Requirement): RequirementRow => ({
  ...textOf(row),
  needs: named(row.needs, facets),
  judges: named(row.judges, situations),
  twins: named(row.twin, situations),
  proofs: proven[row.id] ?? [],
  scored: scored(row.id),
})

/** An excluded row in words. */
export const exclusionRow = (row: Exclusion): ExclusionRow => ({ ...textOf(row), excluded: row.excluded })
