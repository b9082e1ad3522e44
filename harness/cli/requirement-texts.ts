import type { RequirementTexts } from '../../reports/requirement-text.ts'
import type { Engine } from './engine.ts'

/** What reports need to tell of requirements. */
export async function requirementTexts(engine: Engine): Promise<RequirementTexts> {
  const rows = new Map((await engine.requirements()).map((row) => [row.id, { ...row, situations: row.judges }]))
  return (id) => rows.get(id)
}
