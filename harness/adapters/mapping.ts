import type { Failure } from '../contract/codes.ts'
import type { MappingRow, NativeError } from '../contract/mapping.ts'

function matches(row: MappingRow, native: NativeError, op: string): boolean {
  if (row.domain !== undefined && row.domain !== native.domain) return false
  if (row.op !== undefined && row.op !== op) return false
  switch (row.by) {
    case 'number':
      return typeof native.code === 'number' && native.code === row.match
    case 'code':
      return typeof native.code === 'string' && native.code === row.match
    case 'type':
      return native.type !== null && native.type === row.match
    case 'null':
      return native.code === null && native.type === null
    case 'token':
      return typeof row.match === 'string' && native.message.startsWith(row.match)
    case 'text':
      return typeof row.match === 'string' && native.message.includes(row.match)
  }
}

/**
 * Turns a native error into a code by the adapter's declared table: the first row that matches. What the table lacks
 * is `internal`.
 */
export function mapNative(table: readonly MappingRow[], native: NativeError, op: string): Failure {
  const code = table.find((row) => matches(row, native, op))?.to[0]
  return code === undefined ? { code: 'internal', reason: 'not in the mapping table' } : { code }
}
