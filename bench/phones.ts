import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { phoneCosts } from './phone-costs.ts'
import { phonesTable } from './phones-table.ts'

// node bench/phones.ts [--json --short]: what phones behind Appium cost, beside the webdriverio commands that are sent to
// them, and what several do on one Appium.
const flag = { type: 'boolean' } as const
const { json, short } = parseArgs({ options: { json: flag, short: flag } }).values
const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const size = short
  ? { rounds: { warmUp: 1, measured: 4 }, phones: 8, times: 2 }
  : { rounds: { warmUp: 2, measured: 15 }, phones: 8, times: 5 }
const [machine, load] = [`${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}`, loadavg()[0] ?? 0]
const costs = await phoneCosts(size, { wall: () => performance.now(), cpu })
const told = `${machine}, Node ${process.versions.node}, load ${load.toFixed(1)} when it began\n${phonesTable(costs)}\n`
process.stdout.write(json ? `${JSON.stringify({ machine, load, ...costs }, null, 2)}\n` : told)
