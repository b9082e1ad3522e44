import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { wholeNumber } from '../harness/cli/numbers.ts'
import { openTarget } from '../harness/cli/wiring.ts'
import { touchesOf } from '../harness/contract/controls.ts'
import type { Operation, VaultCall } from '../harness/contract/operations.ts'
import type { Program } from '../harness/contract/program.ts'
import { session } from '../harness/engine/session.ts'
import { scenarios } from '../harness/scenarios/index.ts'
import type { Ground } from '../harness/scenarios/scenario.ts'

// node bench/keyring.ts [--programs N --device NAME]: programs a minute that are judged against a real keyring, and how many
// the keyring itself bears: the same calls and controls in a bare loop, in the same run on the same machine.
const { values } = parseArgs({ options: { programs: { type: 'string' }, device: { type: 'string' } } })
const programs = wholeNumber('--programs', values.programs ?? '4', 1, 1000)
const device = values.device ?? 'linux-container'
const spec = { name: 'python-keyring', vault: 'stdio:python3 -B fixtures/subjects/python-keyring/adapter.py', device }
const deadlineMs = 8000
/** Programs a minute that the project asks for. */
const target = 200

await using opened = await openTarget(spec, {
  allowLoginKeyring: false,
  cwd: process.cwd(),
  onProgress: (step) => process.stderr.write(`${step}\n`),
})
const ground: Ground = { description: opened.description, controls: opened.device.controls, commands: 10 }
const generated = scenarios
  .filter((one) => one.fits(ground))
  .flatMap((one) => fc.sample(one.program(ground), { numRuns: programs, seed: 1 }))

const said = 'a value of our own'
const plain = (op: Operation): VaultCall =>
  ({ ...op, ...('value' in op ? { value: said } : {}) }) as unknown as VaultCall

/** What a program does to the keyring, and nothing else: no history, no looks from outside, no judging. */
const bare = async (program: Program, n: number): Promise<void> => {
  await opened.device.restore()
  await opened.begin(`holdfast-bare-${process.pid}-${n}`)
  for (const command of program.commands) {
    if (command.do === 'control') {
      if (touchesOf(command.control) === 'app') await opened.kill()
      if (command.control.control !== 'kill-app') await opened.device.apply(command.control)
    } else await opened.invoke(plain(command.op))
  }
  await opened.device.sweep(`holdfast-bare-${process.pid}-${n}`)
}
const judged = session(opened, { prefix: `bench-${process.pid}`, deadlineMs })

const perMinute = async (one: (program: Program, n: number) => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  for (const [n, program] of generated.entries()) await one(program, n)
  return generated.length / ((performance.now() - began) / 60_000)
}
const loop = await perMinute(bare)
const whole = await perMinute((program) => judged.run(program))
process.stdout.write(
  `${device}: ${generated.length} programs. Judged: ${whole.toFixed(0)} a minute (asked for: ${target}). ` +
    `The same calls in a bare loop: ${loop.toFixed(0)} a minute. Ratio ${(whole / loop).toFixed(2)}. ` +
    `Load of this machine: ${(loadavg()[0] ?? 0).toFixed(1)}.\n`,
)
