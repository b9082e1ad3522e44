import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { wholeNumber } from '../../harness/cli/numbers.ts'
import { budgetOf } from '../../harness/cli/wiring.ts'
import { command, say } from '../command.ts'
import { inWorkers } from '../in-workers.ts'
import { inParts } from '../seeds.ts'
import { instrument } from './instrumented.ts'
import { findingsOf, type Judged, mutantsPage } from './page.ts'
import { subjects } from './subjects.ts'
import type { MutantResult, MutantTask } from './worker.ts'

// npm run mutants [-- --only REGEX --programs N --workers N]: whether the checks see Stryker's changes of the sound vaults.
// Of all of them it writes docs/mutants.md, of some it prints the same.
const mutantsATask = 20
const ordinary = budgetOf('model', false).programs

await command(async () => {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, programs: { type: 'string' }, workers: { type: 'string' } },
  })
  const programs = wholeNumber('--programs', values.programs ?? String(ordinary), 1, 100_000)
  const workers = wholeNumber('--workers', values.workers ?? String(availableParallelism()), 1, 64)
  const chosen = subjects.filter(({ name }) => new RegExp(values.only ?? '').test(name))
  const all = await Promise.all(chosen.map(async (subject) => ({ subject, ...(await instrument(subject)) })))
  const tasks = all.flatMap(({ subject, mutants }) =>
    inParts(
      mutants.map(({ id }) => id),
      mutantsATask,
    ).map((ids): MutantTask => ({ subject: subject.name, ids, programs })),
  )
  let done = 0
  const worker = new URL('./worker.ts', import.meta.url)
  const results = await inWorkers<MutantTask, MutantResult>(worker, tasks, workers, ({ subject, verdicts }) => {
    done += verdicts.length
    say(`${done} mutants, of the ${subject}`)
  })
  const judged = all.flatMap(({ subject, mutants }): readonly Judged[] => {
    const verdicts = new Map(results.filter((one) => one.subject === subject.name).flatMap((one) => one.verdicts))
    return mutants.map((mutant) => ({
      subject: subject.name,
      mutant,
      verdict: verdicts.get(mutant.id) ?? { is: 'crashed', why: 'not judged' },
    }))
  })
  const page = mutantsPage(judged, programs)
  const whole = values.only === undefined && programs === ordinary
  if (whole) writeFileSync(join(import.meta.dirname, '../../docs/mutants.md'), page)
  process.stdout.write(whole ? 'docs/mutants.md is written.\n' : page)
  const findings = findingsOf(judged)
  for (const finding of findings) say(finding)
  say(`${judged.length} mutants, ${findings.length} findings`)
  return findings.length === 0 ? 0 : 1
})
