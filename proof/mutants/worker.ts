import { serveTasks } from '../in-workers.ts'
import { type MutantVerdict, mutantsOf } from './mutant-verdict.ts'
import { subjects } from './subjects.ts'

/** Some mutants of one subject, by its name. */
export interface MutantTask {
  readonly subject: string
  readonly ids: readonly string[]
  /** Of each scenario. */
  readonly programs: number
}
export interface MutantResult {
  readonly subject: string
  readonly verdicts: readonly (readonly [id: string, verdict: MutantVerdict])[]
}

const ready = new Map<string, ReturnType<typeof mutantsOf>>()

serveTasks(async ({ subject, ids, programs }: MutantTask): Promise<MutantResult> => {
  const of = subjects.find(({ name }) => name === subject)
  if (of === undefined) throw new Error(`There is no subject ${subject}.`)
  const mutants = ready.get(subject) ?? mutantsOf(of, programs)
  ready.set(subject, mutants)
  const { verdict } = await mutants
  const verdicts: [string, MutantVerdict][] = []
  for (const id of ids) verdicts.push([id, await verdict(id)])
  return { subject, verdicts }
})
