import { type Accessibility, accessControlFlags, type KeychainQuery } from '../../../harness/contract/platforms/ios.ts'
import { bindsCurrentSet, stepsOf } from './access.ts'
import type { Phone } from './phone.ts'
import { protectionClasses } from './protection.ts'

/** A generic password as the keychain holds it. */
export interface Row {
  /** The access group: here, whose app it is. */
  readonly group: string
  readonly service: string
  readonly account: string
  readonly label: string | null
  readonly generic: string | null
  readonly accessible: Accessibility
  /** Of its access control; 0 where it has none. */
  readonly flags: number
  readonly data: Uint8Array | null
}

/** The rows of the keychain, and what the system does to them by itself. */
export interface Items {
  /** In the order in which they were added. */
  matching(group: string, query: KeychainQuery): Row[]
  holds(group: string, service: string, account: string): boolean
  add(row: Row): void
  replace(old: Row, by: Row): void
  remove(rows: readonly Row[]): void
  removeAll(group: string): void
  count(group: string): number
  /** How many of them a backup gives to another phone. */
  moving(group: string): number
  /** Fingers or faces were added or removed: what was bound to others is deleted, and nobody is told. */
  enrolmentChanged(anew: boolean): void
  passcodeRemoved(): void
  /** The backup arrives on another phone. */
  moved(): void
  reset(): void
}

const sameBytes = (a: Uint8Array, b: Uint8Array | null): boolean =>
  b !== null && a.length === b.length && a.every((byte, at) => byte === b[at])
const matches = (row: Row, query: KeychainQuery): boolean =>
  (query.service === undefined || query.service === row.service) &&
  (query.account === undefined || query.account === row.account) &&
  (query.label === undefined || query.label === row.label) &&
  (query.generic === undefined || query.generic === row.generic) &&
  (query.accessible === undefined || query.accessible === row.accessible) &&
  (query.accessControl === undefined ||
    (query.accessControl.accessible === row.accessible && query.accessControl.flags === row.flags)) &&
  (query.valueData === undefined || sameBytes(query.valueData, row.data))

/**
 * Whether a backup gives it to another phone. One that needs a person cannot be opened while the backup is made, and is
 * left out in silence, as Apple’s published Security sources say.
 */
const moves = (row: Row): boolean => protectionClasses[row.accessible].moves && stepsOf(row.flags)?.length === 0

export const createItems = (phone: Phone, enforcesAccessControl: boolean): Items => {
  let rows: Row[] = []
  const keep = (kept: (row: Row) => boolean) => {
    rows = rows.filter(kept)
  }
  const isOf = (group: string) => (row: Row) => row.group === group
  return {
    matching: (group, query) => rows.filter((row) => row.group === group && matches(row, query)),
    holds: (group, service, account) =>
      rows.some((row) => row.group === group && row.service === service && row.account === account),
    add(row) {
      rows.push(row)
    },
    replace(old, by) {
      const at = rows.indexOf(old)
      if (at >= 0) rows[at] = by
    },
    remove(gone) {
      keep((row) => !gone.includes(row))
    },
    removeAll(group) {
      keep((row) => row.group !== group)
    },
    count: (group) => rows.filter(isOf(group)).length,
    moving: (group) => rows.filter((row) => row.group === group && moves(row)).length,
    enrolmentChanged(anew) {
      // Where access control means nothing, no item is bound to anybody.
      if (!enforcesAccessControl) return
      const takesAny = anew && phone.profile().resetTakesAnyBiometry
      keep((row) => !bindsCurrentSet(row.flags) && !(takesAny && (row.flags & accessControlFlags.biometryAny) !== 0))
    },
    passcodeRemoved() {
      keep((row) => !protectionClasses[row.accessible].needsPasscode)
    },
    moved() {
      keep(moves)
    },
    reset() {
      if (rows.length > 0) rows = []
    },
  }
}
