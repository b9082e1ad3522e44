import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { wholeNumber } from '../../harness/cli/numbers.ts'
import { budgetOf } from '../../harness/cli/wiring.ts'
import { soundVaults } from '../alarms/sound.ts'
import { command, say } from '../command.ts'
import { inWorkers } from '../in-workers.ts'
import { join, type Leniency, nothingYet, unproven } from './leniency.ts'
import { leniencyReasons, memberOf } from './reasons.ts'
import type { LeniencyTask } from './worker.ts'

// npm run leniency [-- --programs N --seed N --workers N]: each code that the checks let a call come to is one that some
// sound vault gives, or there is a reason for it.
await command(async () => {
  const { values } = parseArgs({
    options: { programs: { type: 'string' }, seed: { type: 'string' }, workers: { type: 'string' } },
  })
  const programs = wholeNumber('--programs', values.programs ?? String(budgetOf('model', false).programs), 1, 100_000)
  const seed = wholeNumber('--seed', values.seed ?? '1', 1, 1_000_000)
  const workers = wholeNumber('--workers', values.workers ?? String(availableParallelism()), 1, 64)
  const tasks = soundVaults.map(({ name }): LeniencyTask => ({ name, seed, programs }))
  let done = 0
  const worker = new URL('./worker.ts', import.meta.url)
  const parts = await inWorkers<LeniencyTask, Leniency>(worker, tasks, workers, () =>
    say(`${++done} of ${tasks.length}`),
  )
  const all = nothingYet()
  for (const part of parts) join(all, part)
  const members = unproven(all)
  const bare = members.filter((one) => !leniencyReasons.some(({ member }) => member.test(memberOf(one))))
  for (const one of bare) {
    const given = [...(all.given.get(one.kind)?.keys() ?? [])].join(', ')
    process.stdout.write(
      `${memberOf(one)} is allowed, and no sound vault gives it\n  ${one.where}\n  given: ${given}\n`,
    )
  }
  process.stdout.write(
    `${members.length} codes are allowed that none of ${tasks.length} vaults gives, ${bare.length} without a reason\n`,
  )
  return bare.length === 0 ? 0 : 1
})
