import type { RestoreCost, RestoreWay } from '../harness/contract/restoring.ts'
import type { StreamRecord } from '../harness/contract/stream.ts'
import { count } from './count.ts'

type Estimate = Extract<StreamRecord, { readonly type: 'estimate' }>
type Spent = Extract<StreamRecord, { readonly type: 'spent' }>

const words: Readonly<Record<RestoreWay, string>> = {
  'fresh-names': 'by fresh names',
  delete: 'by deleting what may be left',
  'clear-data': "by clearing the app's data",
  reinstall: 'by installing the app anew',
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
/** A time to wait for, as roughly as it is known. */
const about = (ms: number): string => (ms < 90_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} min`)

const other = (cost: RestoreCost): string =>
  cost.is === 'works' ? `${words[cost.way]} ${seconds(cost.ms)}` : `not ${words[cost.way]}: ${cost.why}`

/** How long the programs of a phone may take, before they begin. */
export function estimated(estimate: Estimate): string {
  const { totalMs, programs, phones, restoreMs, programMs, way, restoring } = estimate
  const on = phones === 1 ? '' : ` on ${phones} phones`
  const others = restoring.filter((cost) => cost.way !== way).map(other)
  const beside = others.length === 0 ? '' : ` (${others.join('; ')})`
  return `about ${about(totalMs)} for ${count(programs, 'program')}${on}, each ${seconds(restoreMs)} to put the vault back ${words[way]}${beside} and ${seconds(programMs)} to run`
}

/** What they took, after them. */
export function spentOn({ totalMs, programs, restoreMs, programMs, way }: Spent): string {
  return `${count(programs, 'program')} took ${about(totalMs)}: each ${seconds(restoreMs)} to put the vault back ${words[way]} and ${seconds(programMs)} to run (medians)`
}

/** What one of several phones had of a target's programs. */
export function phoneShare({ phone, programs, lost, why }: Extract<StreamRecord, { readonly type: 'phone' }>): string {
  const away = lost === 0 ? '' : `, ${count(lost, 'program')} lost`
  return `${phone} with ${count(programs, 'program')}${away}${why === null ? '' : ` (${why})`}`
}
