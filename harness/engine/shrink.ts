import fc, { type Arbitrary } from 'fast-check'
import type { Control } from '../contract/controls.ts'
import type { Operation } from '../contract/operations.ts'
import type { Command, Program } from '../contract/program.ts'

export interface Shrunk {
  readonly program: Program
  /** Executions it took. */
  readonly runs: number
}

/**
 * Cuts a program down while `fails` holds. First whole commands go, from the end, as most matter to nobody; then
 * fast-check shrinks what is left as an example of its generator. `limit` bounds the executions: past it the best so
 * far is kept. Each program is executed once.
 */
export async function shrink(
  arbitrary: Arbitrary<Program>,
  program: Program,
  limit: number,
  fails: (candidate: Program) => Promise<boolean>,
): Promise<Shrunk> {
  const known = new Map<string, boolean>()
  let runs = 0
  let best = program
  const test = async (candidate: Program): Promise<boolean> => {
    const key = JSON.stringify(candidate)
    const before = known.get(key)
    if (before !== undefined) return before
    if (runs >= limit) return false
    runs++
    const failed = await fails(candidate)
    known.set(key, failed)
    if (failed) best = candidate
    return failed
  }
  known.set(JSON.stringify(program), true)
  await dropCommands(program, test)
  await fc.check(
    fc.asyncProperty(arbitrary, async (candidate) => !(await test(candidate))),
    { examples: [[best]], numRuns: 1 },
  )
  await dropPairs(best, test)
  await simplify(best, test)
  await dropCommands(best, test)
  return { program: best, runs }
}

const without = (program: Program, drop: (index: number) => boolean): Program => ({
  ...program,
  commands: program.commands.filter((_, index) => !drop(index)),
})

/** Fewer commands mean fewer effects: an order that shows the bug may then be a later part of the old one. */
function rescheduled(program: Program): readonly Program[] {
  if (!program.commands.some((command) => command.do === 'start')) return [program]
  const { schedule } = program
  const orders = [
    schedule,
    schedule.slice(1),
    schedule.slice(2),
    schedule.slice(4),
    [],
    [1],
    [0, 1],
    [1, 1],
    [2, 1],
    [0, 0, 1],
    [1, 0, 1],
  ]
  return orders.map((order) => ({ ...program, schedule: order }))
}

/** Drops blocks of half the length, a quarter, and so on, while it still fails. */
async function dropCommands(program: Program, test: (candidate: Program) => Promise<boolean>): Promise<void> {
  let current = program
  for (let block = current.commands.length >> 1; block >= 1; block >>= 1)
    for (let end = current.commands.length; end > 0; ) {
      const start = Math.max(0, end - block)
      const smaller = without(current, (index) => index >= start && index < end)
      if (smaller.commands.length < current.commands.length)
        for (const candidate of rescheduled(smaller))
          if (await test(candidate)) {
            current = candidate
            break
          }
      end = start
    }
  if (current.schedule.length > 0) await test({ ...current, schedule: [] })
}

/** The same command in the plainest forms that may still show the bug, plainest first. */
function plainer(command: Command): readonly Command[] {
  if (command.do === 'control') {
    const { control } = command
    const plain: Control | null =
      control.control === 'kill-app' && control.atEffect !== undefined ? { control: 'kill-app' } : null
    return plain === null ? [] : [{ do: 'control', control: plain }]
  }
  const { op } = command
  const forms: Command[] = command.do === 'start' ? [{ do: 'call', op }] : []
  if (op.op === 'has' || op.op === 'list')
    forms.push({ do: command.do, op: { op: 'get', name: 'name' in op ? op.name : 'a' } as Operation })
  return forms
}

/** A kill that is armed, as a plain one between two later commands. */
async function disarm(program: Program, test: (candidate: Program) => Promise<boolean>): Promise<Program> {
  const kill: Command = { do: 'control', control: { control: 'kill-app' } }
  for (const [index, command] of program.commands.entries()) {
    if (command.do !== 'control' || command.control.control !== 'kill-app' || command.control.atEffect === undefined)
      continue
    for (let at = index + 1; at <= program.commands.length; at++) {
      const commands = program.commands.toSpliced(at, 0, kill).toSpliced(index, 1)
      if (await test({ ...program, commands })) return { ...program, commands }
    }
  }
  return program
}

async function simplify(program: Program, test: (candidate: Program) => Promise<boolean>): Promise<void> {
  let current = await disarm(program, test)
  for (let index = 0; index < current.commands.length; index++) {
    const command = current.commands[index]
    for (const form of command === undefined ? [] : plainer(command)) {
      const commands = current.commands.map((one, at) => (at === index ? form : one))
      const candidate = { ...current, commands }
      if (await test(candidate)) {
        current = candidate
        break
      }
    }
  }
}

/** Two commands that only fail to matter together: a lock and its unlock. */
async function dropPairs(program: Program, test: (candidate: Program) => Promise<boolean>): Promise<void> {
  for (let current = program; ; ) {
    const { length } = current.commands
    let smaller: Program | null = null
    for (let first = 0; first < length && smaller === null; first++)
      for (let second = first + 1; second < length && smaller === null; second++) {
        const candidate = without(current, (index) => index === first || index === second)
        if (await test(candidate)) smaller = candidate
      }
    if (smaller === null) return
    current = smaller
  }
}
