import fc, { type Arbitrary } from 'fast-check'
import { type Control, touchesOf } from '../contract/controls.ts'
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
  await disarm(program, test)
  await dropCommands(best, test)
  await fc.check(
    fc.asyncProperty(arbitrary, async (candidate) => !(await test(candidate))),
    { examples: [[best]], numRuns: 1 },
  )
  await dropPairs(best, test)
  // What is dropped may let something be simpler, and the other way round.
  for (let before: Program | null = null; before !== best; ) {
    before = best
    await simplify(best, test)
    await dropCommands(best, test)
  }
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

const isArmed = (command: Command | undefined): boolean =>
  command?.do === 'control' && 'atEffect' in command.control && command.control.atEffect !== undefined

/** What a dropped command had made happen before the arming may happen after it: a write that nobody waits for. */
const laterEffects = 2

/** The same program with its first armed control at each earlier effect, since fewer commands mean fewer effects, and at the next ones. */
function rearmed(program: Program): readonly Program[] {
  const at = program.commands.findIndex(isArmed)
  const command = program.commands[at]
  if (command?.do !== 'control' || !('atEffect' in command.control)) return []
  const { control } = command
  const now = control.atEffect ?? 0
  const others = Array.from({ length: now + 1 + laterEffects }, (_, effect) => effect).filter((one) => one !== now)
  return others.map((effect) => ({
    ...program,
    commands: program.commands.map((one, index) =>
      index === at ? { do: 'control' as const, control: { ...control, atEffect: effect } } : one,
    ),
  }))
}

/** A kill that falls between two commands needs no effect: it stands where it falls, and nothing moves it from there. */
async function disarm(program: Program, test: (candidate: Program) => Promise<boolean>): Promise<void> {
  let current = program
  for (let at = current.commands.length - 1; at >= 0; at--) {
    const command = current.commands[at]
    if (!isArmed(command) || command?.do !== 'control' || command.control.control !== 'kill-app') continue
    const plain: Command = { do: 'control', control: { control: 'kill-app' } }
    const others = current.commands.toSpliced(at, 1)
    for (let after = at; after <= others.length; after++) {
      const candidate = { ...current, commands: others.toSpliced(after, 0, plain) }
      if (!(await test(candidate))) continue
      current = candidate
      break
    }
  }
}

/** Drops blocks of half the length, a quarter, and so on, while it still fails. */
async function dropCommands(program: Program, test: (candidate: Program) => Promise<boolean>): Promise<void> {
  let current = program
  for (let block = current.commands.length >> 1; block >= 1; block >>= 1)
    for (let end = current.commands.length; end > 0; ) {
      const start = Math.max(0, end - block)
      const smaller = without(current, (index) => index >= start && index < end)
      if (smaller.commands.length < current.commands.length)
        for (const candidate of [...rescheduled(smaller), ...rearmed(smaller)])
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
    const touches = touchesOf(control)
    const plain: Control | null =
      // Whatever else they do, these end the process.
      (touches === 'app' || touches === 'files') && (control.control !== 'kill-app' || control.atEffect !== undefined)
        ? { control: 'kill-app' }
        : // Several misses may stand for what they lead to.
          control.control === 'touch' && control.finger === 'wrong'
          ? { control: 'lock-out', how: 'temporary' }
          : null
    return plain === null ? [] : [{ do: 'control', control: plain }]
  }
  const { op } = command
  const forms: Command[] = command.do === 'start' ? [{ ...command, do: 'call' }] : []
  if (op.op === 'has' || op.op === 'list')
    forms.push({ ...command, op: { op: 'get', name: 'name' in op ? op.name : 'a' } as Operation })
  return forms
}

/** A started call that the controls after it do not interrupt may as well be made once they are done. */
function later(program: Program, index: number): readonly Program[] {
  const command = program.commands[index]
  if (command?.do !== 'start') return []
  const others = program.commands.toSpliced(index, 1)
  const candidates: Program[] = []
  for (let at = index; others[at]?.do === 'control'; at++)
    candidates.push({ ...program, commands: others.toSpliced(at + 1, 0, { do: 'call', op: command.op }) })
  return candidates
}

async function simplify(program: Program, test: (candidate: Program) => Promise<boolean>): Promise<void> {
  let current = program
  for (let index = 0; index < current.commands.length; index++) {
    const command = current.commands[index]
    const forms = (command === undefined ? [] : plainer(command)).map((form) => ({
      ...current,
      commands: current.commands.with(index, form),
    }))
    for (const candidate of [...forms, ...later(current, index)]) {
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
