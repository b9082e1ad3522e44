import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { wholeNumber } from '../../harness/cli/numbers.ts'
import { budgetOf } from '../../harness/cli/wiring.ts'
import { command, say } from '../command.ts'
import { inWorkers } from '../in-workers.ts'
import { inParts } from '../seeds.ts'
import { digestOf, instrument } from './instrumented.ts'
import { findingsOf, type Judged, mutantsPage, sectionOf, sectionOn } from './page.ts'
import { subjects } from './subjects.ts'
import type { MutantResult, MutantTask } from './worker.ts'

// npm run mutants [-- --only REGEX --programs N --workers N]: whether the checks see Stryker's changes of the sound vaults.
// It writes docs/mutants.md, where those that are not named stand as they stood; with another number of programs it prints it.
const page = join(import.meta.dirname, '../../docs/mutants.md')
const mutantsATask = 20
const usual = budgetOf('model', false).programs

await command(async () => {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, programs: { type: 'string' }, workers: { type: 'string' } },
  })
  const programs = wholeNumber('--programs', values.programs ?? String(usual), 1, 100_000)
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
  const judgedOf = ({ subject, mutants }: (typeof all)[number]): readonly Judged[] => {
    const verdicts = new Map(results.filter((one) => one.subject === subject.name).flatMap((one) => one.verdicts))
    return mutants.map((mutant) => ({
      mutant,
      verdict: verdicts.get(mutant.id) ?? { is: 'crashed', why: 'not judged' },
    }))
  }
  const written = existsSync(page) ? readFileSync(page, 'utf8') : ''
  const sections = subjects.flatMap(({ name }) => {
    const judged = all.find(({ subject }) => subject.name === name)
    const section = judged === undefined ? sectionOn(written, name) : sectionOf(name, judgedOf(judged), digestOf)
    return section ?? []
  })
  const made = mutantsPage(sections, programs)
  if (programs === usual) writeFileSync(page, made)
  process.stdout.write(programs === usual ? 'docs/mutants.md is written.\n' : made)
  const judged = all.flatMap(judgedOf)
  const findings = findingsOf(judged, chosen.length === subjects.length)
  for (const finding of findings) say(finding)
  say(`${judged.length} mutants, ${findings.length} findings`)
  return findings.length === 0 ? 0 : 1
})
