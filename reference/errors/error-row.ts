import type { Code, Failure } from '../../harness/contract/codes.ts'
import type { MappingRow, NativeError } from '../../harness/contract/mapping.ts'

/** A row of a platform's table: what the platform calls it, what it means here, and where that was read. */
export type ErrorRow = MappingRow & {
  /** Never `text` or `token`: what a platform says in words depends on its language. */
  readonly by: 'number' | 'code' | 'type' | 'null'
  readonly name: string
  readonly source: string
}

/** The table as an adapter declares it. */
export const mappingOf = (rows: readonly ErrorRow[]): readonly MappingRow[] =>
  rows.map(({ name: _, source: __, ...row }) => row)

/** The rows of one domain in which errors are numbers. */
export const numbered = (
  domain: string,
  source: string,
  rows: readonly (readonly [match: number, name: string, ...to: [Code, ...Code[]]])[],
): readonly ErrorRow[] => rows.map(([match, name, ...to]) => ({ match, by: 'number', domain, to, name, source }))

/** The first row for this native identity; null where the table lacks it. The message is not looked at. */
export function rowOf(rows: readonly ErrorRow[], native: NativeError): ErrorRow | null {
  const fits = ({ by, match, domain }: ErrorRow): boolean => {
    if (domain !== undefined && domain !== native.domain) return false
    switch (by) {
      case 'number':
        return typeof native.code === 'number' && native.code === match
      case 'code':
        return typeof native.code === 'string' && native.code === match
      case 'type':
        return native.type !== null && native.type === match
      case 'null':
        return native.code === null && native.type === null
    }
  }
  return rows.find(fits) ?? null
}

/** The failure that a row stands for: `code`, or the first of the row's. The reason is the platform's own name for it. */
export const failureOfRow = (row: ErrorRow, code?: Code): Failure => ({
  code: code ?? row.to[0] ?? 'internal',
  reason: row.name,
})

/** What no row names. */
export const unnamed = ({ domain, code, type }: NativeError): Failure => ({
  code: 'internal',
  reason: `not in the table: ${domain} ${code ?? type ?? 'null'}`.slice(0, 200),
})
