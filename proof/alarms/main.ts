import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { wholeNumber } from '../../harness/cli/numbers.ts'
import { command, say } from '../command.ts'
import { inWorkers } from '../in-workers.ts'
import { inParts, seedsOf, seedsTold } from '../seeds.ts'
import { type Quiet, together } from './alarm.ts'
import { soundVaults } from './sound.ts'
import type { AlarmTask } from './worker.ts'

// npm run no-alarms [-- --seeds 1-10000 --only REGEX --workers N]: no check fails a vault with nothing wrong.
const usualSeeds = '1-10000'
const seedsATask = 200

await command(async () => {
  const { values } = parseArgs({
    options: { seeds: { type: 'string' }, only: { type: 'string' }, workers: { type: 'string' } },
  })
  const seeds = seedsOf('--seeds', values.seeds ?? usualSeeds)
  const workers = wholeNumber('--workers', values.workers ?? String(availableParallelism()), 1, 64)
  const names = soundVaults.map(({ name }) => name).filter((name) => new RegExp(values.only ?? '').test(name))
  const parts = inParts(seeds, seedsATask)
  const tasks = names.flatMap((name) => parts.map((part): AlarmTask => ({ name, seeds: part })))
  let done = 0
  const worker = new URL('./worker.ts', import.meta.url)
  const results = await inWorkers<AlarmTask, Quiet>(worker, tasks, workers, ({ name, alarms }) => {
    done++
    if (alarms.length > 0 || done % parts.length === 0)
      say(`${done} of ${tasks.length}  ${name}: ${alarms.length} alarms`)
  })
  const rows = names.map((name) => together(name, results))
  const width = Math.max(5, ...names.map(({ length }) => length))
  const line = (cells: readonly (string | number)[]) =>
    cells.map((cell, at) => (at === 0 ? String(cell).padEnd(width) : String(cell).padStart(10))).join('  ')
  process.stdout.write(`One program per scenario, ${seedsTold(seeds)}\n\n`)
  for (const row of [
    ['vault', 'programs', 'commands', 'alarms'],
    ...rows.map(({ name, programs, commands, alarms }) => [name, programs, commands, alarms.length]),
  ])
    process.stdout.write(`${line(row)}\n`)
  const alarms = rows.flatMap(({ name, alarms }) => alarms.map((alarm) => ({ name, ...alarm })))
  // Of alarms that are alike one is told.
  const kinds = new Map(alarms.map((alarm) => [`${alarm.name} ${alarm.requirement} ${alarm.seen}`, alarm]))
  for (const { name, seed, requirement, scenario, expected, seen, program } of kinds.values())
    process.stdout.write(
      `\n${name}, seed ${seed}, scenario ${scenario}: ${requirement} expected ${expected}, and saw ${seen}\n${JSON.stringify(program)}\n`,
    )
  process.stdout.write(`\n${names.length} vaults with nothing wrong, ${alarms.length} alarms\n`)
  return alarms.length === 0 ? 0 : 1
})
