import { quantile } from '../quantile.ts'
import type { Kill, Tried } from './kill.ts'
import type { KnownBadRow } from './known-bad.ts'

/** A known-bad vault and what came of it with each seed. */
export interface MatrixRow {
  readonly vault: KnownBadRow
  readonly tried: readonly Tried[]
}

export const killsOf = ({ tried }: MatrixRow): readonly Kill[] =>
  tried.flatMap((one) => (one.is === 'killed' ? [one.kill] : []))

/** How many commands the counterexamples of these rows have. */
export function shortness(rows: readonly MatrixRow[]): {
  readonly kills: number
  readonly median: number
  readonly most95: number
  readonly most: number
} {
  const commands = rows.flatMap((row) => killsOf(row).map((kill) => kill.commands))
  const [median, most95, most] = [0.5, 0.95, 1].map((part) => quantile(commands, part))
  return { kills: commands.length, median: median ?? 0, most95: most95 ?? 0, most: most ?? 0 }
}

/** What must not be: a sentence for each, empty where every check bites. */
export function findingsOf(rows: readonly MatrixRow[], requirements: readonly string[]): readonly string[] {
  return [
    ...rows.flatMap(missesOf),
    ...withoutKill(rows, requirements).map((id) => `${id}: no known-bad vault is caught by its check.`),
  ]
}

function missesOf({ vault: { name, breaks }, tried }: MatrixRow): readonly string[] {
  const missed = tried.filter((one) => one.is === 'missed')
  if (missed.length === 0) return []
  const others = [...new Set(missed.flatMap(({ by }) => by))].sort()
  const seeds = missed.map(({ seed }) => seed).join(', ')
  return [
    `${name}: not caught by ${breaks} on ${missed.length} of ${tried.length} seeds (${seeds}); ` +
      `${others.length === 0 ? 'no other check caught it there' : `caught there by ${others.join(', ')} alone`}.`,
  ]
}

/** Requirements by whose check nothing was caught. */
export function withoutKill(rows: readonly MatrixRow[], requirements: readonly string[]): readonly string[] {
  const biting = new Set(rows.filter((row) => killsOf(row).length > 0).map(({ vault }) => vault.breaks))
  return requirements.filter((id) => !biting.has(id))
}
