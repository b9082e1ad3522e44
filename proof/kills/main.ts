import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { wholeNumber } from '../../harness/cli/numbers.ts'
import { UsageError } from '../../harness/cli/usage-error.ts'
import { requirements } from '../../harness/requirements/index.ts'
import { scenarios } from '../../harness/scenarios/index.ts'
import { command, say } from '../command.ts'
import { inWorkers } from '../in-workers.ts'
import { inParts, seedsOf } from '../seeds.ts'
import { type KeptResults, keptResults } from './kept-results.ts'
import { programs, type Tried } from './kill.ts'
import { type KnownBadRow, knownBadInProcess } from './known-bad.ts'
import { findingsOf, type MatrixRow } from './matrix.ts'
import { matrixPage } from './page.ts'
import { knownBadInProcesses, processesLack, triedProcess } from './process-kills.ts'
import type { KillResult, KillTask } from './worker.ts'

// npm run kill-matrix [-- --seeds 1-5 --only REGEX --scenario ID --workers N --keep FILE]: whether each check bites. With no
// flag that narrows it, it writes docs/kill-matrix.md; else it prints the same.
const usual = { seeds: '1-100', processes: '1-2' } as const
const seedsATask = 10

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      'process-seeds': { type: 'string' },
      only: { type: 'string' },
      scenario: { type: 'string' },
      workers: { type: 'string' },
      keep: { type: 'string' },
    },
  })
  const { only, scenario } = values
  if (scenario !== undefined && values.keep !== undefined)
    throw new UsageError('--keep: what one scenario alone finds is not kept: leave out one of --keep and --scenario.')
  const seeds = seedsOf('--seeds', values.seeds ?? usual.seeds)
  const workers = wholeNumber('--workers', values.workers ?? String(availableParallelism()), 1, 64)
  if (scenario !== undefined && !scenarios.some(({ id }) => id === scenario))
    throw new UsageError(
      `--scenario: there is no scenario "${scenario}"; there are ${scenarios.map(({ id }) => id).join(', ')}.`,
    )
  const wanted = ({ name, breaks }: KnownBadRow) => only === undefined || new RegExp(only).test(`${breaks} ${name}`)
  const vaults = knownBadInProcess.filter(wanted)
  const lacks = scenario === undefined ? processesLack() : 'the scenario named is not theirs'
  const processes = lacks === null ? knownBadInProcesses.filter(wanted) : []
  if (lacks !== null) say(`Known-bad processes are not run: ${lacks}.`)
  const processSeeds = lacks === null ? seedsOf('--process-seeds', values['process-seeds'] ?? usual.processes) : []

  const rows = await inProcessRows(vaults, seeds, scenario, workers, keptResults(values.keep ?? null))
  for (const vault of processes) {
    const tried: Tried[] = []
    for (const seed of processSeeds) tried.push(await triedProcess(vault, seed))
    rows.push({ vault, tried })
    say(told(rows.at(-1)))
  }
  const whole = Object.keys(values).every((flag) => ['workers', 'keep'].includes(flag)) && lacks === null
  const ids = whole
    ? requirements.map(({ id }) => id)
    : [...new Set([...vaults, ...processes].map(({ breaks }) => breaks))]
  const page = matrixPage({ rows, requirements: ids, seeds, processSeeds, programs })
  if (whole) writeFileSync(join(import.meta.dirname, '../../docs/kill-matrix.md'), page)
  process.stdout.write(whole ? 'docs/kill-matrix.md is written.\n' : page)
  const findings = findingsOf(rows, ids)
  for (const finding of findings) say(finding)
  say(`${rows.length} known-bad vaults, ${findings.length} findings`)
  return findings.length === 0 ? 0 : 1
}

async function inProcessRows(
  vaults: readonly KnownBadRow[],
  seeds: readonly number[],
  scenario: string | undefined,
  workers: number,
  kept: KeptResults,
): Promise<MatrixRow[]> {
  const parts = inParts(seeds, seedsATask)
  const known = vaults.map(
    ({ name }): KillResult => ({
      name,
      tried: seeds.map((seed) => kept.find(name, seed)).filter((tried) => tried !== null),
    }),
  )
  const tasks = vaults
    .flatMap(({ name }) => parts.map((part): KillTask => ({ name, seeds: part, scenario })))
    .filter(({ name, seeds: part }) => part.some((seed) => kept.find(name, seed) === null))
  const worker = new URL('./worker.ts', import.meta.url)
  const left = new Map(vaults.map(({ name }) => [name, tasks.filter((task) => task.name === name).length]))
  const missed = new Map<string, number>()
  const results = await inWorkers<KillTask, KillResult>(worker, tasks, workers, ({ name, tried }) => {
    kept.keep(name, tried)
    const more = (left.get(name) ?? 0) - 1
    left.set(name, more)
    missed.set(name, (missed.get(name) ?? 0) + tried.filter(({ is }) => is === 'missed').length)
    if (more === 0) say(`${name}: killed ${seeds.length - (missed.get(name) ?? 0)} of ${seeds.length}`)
  })
  return vaults.map((vault) => ({
    vault,
    tried: triedOf([...known, ...results], vault.name),
  }))
}

/** Each seed once, in their order: of a part that was not done whole, some were kept and done again. */
const triedOf = (results: readonly KillResult[], of: string): readonly Tried[] =>
  [
    ...new Map(
      results
        .filter(({ name }) => name === of)
        .flatMap(({ tried }) => tried)
        .map((tried) => [tried.seed, tried]),
    ).values(),
  ].toSorted((one, other) => one.seed - other.seed)

const told = (row: MatrixRow | undefined): string =>
  row === undefined
    ? ''
    : `${row.vault.name}: killed ${row.tried.filter(({ is }) => is === 'killed').length} of ${row.tried.length}`

await command(run)
