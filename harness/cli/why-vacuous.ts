import { situations } from '../judging/situations.ts'
import type { Requirement, Vacuous } from '../requirements/requirement.ts'

/** Why a program that ran says nothing of a requirement: what would have had to happen, and did not. */
export function whyVacuous({ judges, twin }: Requirement, { missing }: Vacuous): string {
  const [named, lead] =
    missing === 'situation'
      ? [judges, 'what is judged did not occur']
      : [twin, 'what is judged occurred, and the same where it must work did not']
  return `${lead} (${named.map((name) => situations[name]).join('; or: ')})`
}
