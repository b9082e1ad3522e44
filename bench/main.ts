import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { requirements } from '../harness/requirements/index.ts'
import { firstVerdict } from './first-verdict.ts'
import { openLanes } from './lanes.ts'
import { linearizabilityCost } from './linearizability.ts'
import { measure, median } from './measure.ts'
import { phoneCosts } from './phone-costs.ts'
import { startTime } from './start-time.ts'
import { suites } from './suite.ts'
import { sweepSpeed } from './sweep-speed.ts'
import { table } from './table.ts'

// npm run bench [-- --json --short]: how fast the harness is, beside fast-check alone on the same machine; how long a whole
// run takes, and to judge one long history of many clients; what phones behind Appium cost (alone: node bench/phones.ts).
const { json, short } = parseArgs({ options: { json: { type: 'boolean' }, short: { type: 'boolean' } } }).values
const now = () => performance.now()
const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const rounds = short ? { warmUp: 1, measured: 3 } : { warmUp: 4, measured: 15 }

const phoneBench = { rounds: { warmUp: 2, measured: 9 }, phones: 8, times: 3 }

const lanes = await openLanes()
try {
  const result = {
    machine: {
      cores: availableParallelism(),
      cpu: cpus()[0]?.model ?? 'unknown',
      node: process.versions.node,
      load: loadavg()[0] ?? 0,
    },
    checks: requirements.length,
    rounds: rounds.measured,
    lanes: await measure(lanes, rounds, { wall: now, cpu }),
    suites: await suites(short === true, { wall: now, cpu }),
    linearizability: linearizabilityCost(rounds.measured, now, median),
    sweep: await sweepSpeed(short ? 8 : 64, rounds, now),
    start: startTime(rounds.measured, now),
    container: short ? null : await firstVerdict(now),
    phones: short ? null : await phoneCosts(phoneBench, { wall: now, cpu }),
  }
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : table(result))
} finally {
  for (const lane of lanes) await lane[Symbol.asyncDispose]()
}
