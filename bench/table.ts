import type { FirstVerdict } from './first-verdict.ts'
import type { LinearizabilityCost } from './linearizability.ts'
import type { Measured } from './measure.ts'
import type { PhoneCosts } from './phone-costs.ts'
import { phonesTable } from './phones-table.ts'
import type { StartTime } from './start-time.ts'
import type { Suite } from './suite.ts'
import type { SweepSpeed } from './sweep-speed.ts'

export interface Result {
  readonly machine: { readonly cores: number; readonly cpu: string; readonly node: string; readonly load: number }
  readonly checks: number
  readonly rounds: number
  readonly lanes: readonly Measured[]
  readonly suites: readonly Suite[]
  readonly linearizability: LinearizabilityCost
  readonly sweep: SweepSpeed
  readonly start: StartTime
  readonly container: FirstVerdict | null
  readonly phones: PhoneCosts | null
}

const thousands = (speed: number): string => `${(speed / 1000).toFixed(speed < 100_000 ? 1 : 0)}k`
const met = (is: boolean): string => (is ? 'met' : 'missed')

function row(lane: Measured): readonly string[] {
  const { target, ofBare } = lane
  return [
    lane.what,
    `${thousands(lane.perSecond)}/s`,
    `${thousands(lane.slowest)} to ${thousands(lane.fastest)}`,
    `${thousands(lane.perCpuSecond)}`,
    ofBare === null ? '' : `${(ofBare.ratio * 100).toFixed(0)} %`,
    target === null ? '' : `${thousands(target)}/s ${met(lane.perSecond >= target)}`,
  ]
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

function suiteLine(suite: Suite): string {
  if ('why' in suite) return `${suite.what}: not measured: ${suite.why}`
  const { what, wallMs, cpuMs, programs, commands, targetMs } = suite
  const done = `${programs} programs, ${commands} commands`
  return `${what}: ${seconds(wallMs)} (${seconds(cpuMs)} of this process; ${done}); target ${seconds(targetMs)} ${met(wallMs <= targetMs)}`
}

function linearLine({ operations, clients, entries, soundMs, brokenMs, targetMs }: LinearizabilityCost): string {
  const what = `${operations} operations of ${clients} clients on ${entries} entries`
  const worst = Math.max(soundMs, brokenMs)
  return `${what}: ${soundMs.toFixed(0)} ms, with one stale read ${brokenMs.toFixed(0)} ms; target ${targetMs} ms ${met(worst <= targetMs)}`
}

/** The result for people. */
export function table(result: Result): string {
  const { machine, checks, rounds, lanes, sweep, start, container, phones } = result
  const rows = [['commands per second', 'median', 'rounds', 'per CPU second', 'of bare', 'target'], ...lanes.map(row)]
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  return [
    `${machine.cores} cores, ${machine.cpu}, Node ${machine.node}, load ${machine.load.toFixed(1)}`,
    `${checks} checks on every history; ${rounds} rounds, all lanes in turn. "of bare": beside fast-check alone with`,
    'programs of the same scenarios on a Map in process, the row above it. "per CPU second": of this process alone.',
    '',
    ...rows.map(line),
    '',
    'a whole run at the default budget, from nothing to the last verdict',
    ...result.suites.map((suite) => `  ${suiteLine(suite)}`),
    'linearizability',
    `  ${linearLine(result.linearizability)}`,
    '',
    `canary sweep      ${sweep.mbPerSecond.toFixed(0)} MB/s for ${sweep.secrets} secrets in every form, ${(sweep.ofBare * 100).toFixed(0)} % of a native search for one in one; target ${sweep.targetMbPerSecond} MB/s ${met(sweep.mbPerSecond >= sweep.targetMbPerSecond)}`,
    `holdfast --help   ${start.helpMs.toFixed(0)} ms (Node alone ${start.nodeMs.toFixed(0)} ms); target ${start.targetMs} ms ${met(start.helpMs <= start.targetMs)}`,
    ...(container === null
      ? []
      : 'why' in container
        ? [`first verdict in a container   not measured: ${container.why}`]
        : [
            `first verdict in a container   ${(container.verdictMs / 1000).toFixed(1)} s (vault answers after ${(container.smokeMs / 1000).toFixed(1)} s); target ${container.targetMs / 1000} s ${met(container.verdictMs <= container.targetMs)}`,
          ]),
    ...(phones === null ? [] : ['', phonesTable(phones)]),
    '',
  ].join('\n')
}
