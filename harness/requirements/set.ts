import { createHash } from 'node:crypto'
import type { Row } from './requirement.ts'
import frozen from './set-1.json' with { type: 'json' }

/** Rows as they were frozen under one name, so that a result means the same next year. */
export interface FrozenSet {
  readonly set: string
  /** Over all lines of `rows`. */
  readonly digest: string
  /** By id: the digest of what the row says, behind `excluded` where no check decided it then. */
  readonly rows: Readonly<Record<string, string>>
}

/** The set that runs are scored by. */
export const currentSet: FrozenSet = frozen

/** Whether what a check says of this row counts in the set. */
export const scored = (id: string, { rows }: FrozenSet = currentSet): boolean =>
  rows[id]?.startsWith('excluded') === false

/** All that decides what a row asks for, and of whom; not how it is explained. */
function normative(row: Row): unknown {
  const { id, level, profiles, platforms, clause } = row
  const head = { id, level, profiles, platforms, clause }
  if (row.excluded !== undefined) return head
  const { needs, needsOnPhones, judges, twin } = row
  return { ...head, needs, needsOnPhones, judges, twin }
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex')
const digestOf = (row: Row): string =>
  `${row.excluded === undefined ? '' : 'excluded '}${sha(JSON.stringify(normative(row))).slice(0, 12)}`

/**
 * Freezes all rows that say of no later set that they begin with it.
 * @param before the set as it was frozen until now: a row that it excluded and that got a check for a later set stays so
 */
export function freeze(set: string, all: readonly Row[], before?: FrozenSet): FrozenSet {
  const kept = ({ id }: Row) => {
    const was = before?.rows[id]
    return was?.startsWith('excluded') === true ? [[id, was]] : []
  }
  const rows = Object.fromEntries(
    all.flatMap((row) => (row.since === undefined ? [[row.id, digestOf(row)]] : kept(row))),
  )
  return { set, digest: sha(JSON.stringify(rows)), rows }
}

/** How rows part from a frozen set, a sentence each that says what to do; none where they agree. */
export function partings(of: FrozenSet, all: readonly Row[]): readonly string[] {
  const renew =
    'Before a release, where the change is meant: HOLDFAST_WRITE=yes vitest run harness/requirements/set.test.ts'
  const told: string[] = []
  for (const row of all) {
    const was = of.rows[row.id]
    if (was === undefined) {
      if (row.since === undefined) told.push(`${row.id} is not in set ${of.set}: give its row \`since: '2'\`. ${renew}`)
    } else if (was.startsWith('excluded') && row.excluded === undefined) {
      if (row.since === undefined)
        told.push(`${row.id} was excluded in set ${of.set} and has a check now: give its row \`since: '2'\`. ${renew}`)
    } else if (was !== digestOf(row))
      told.push(`${row.id} says something else than in set ${of.set}: take that back, or make a new row. ${renew}`)
  }
  const known = new Set(all.map(({ id }) => id))
  for (const id of Object.keys(of.rows))
    if (!known.has(id)) told.push(`${id} of set ${of.set} is gone: put it back. ${renew}`)
  if (of.digest !== sha(JSON.stringify(of.rows))) told.push(`Set ${of.set} was changed by hand. ${renew}`)
  return told
}
