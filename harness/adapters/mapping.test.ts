import { describe, expect, it } from 'vitest'
import type { MappingRow, NativeError } from '../contract/mapping.ts'
import { mapNative } from './mapping.ts'

const native = (more: Partial<NativeError>): NativeError => ({
  domain: 'd',
  code: null,
  type: null,
  message: '',
  ...more,
})

describe('a mapping table', () => {
  it.each<[MappingRow['by'], MappingRow['match'], Partial<NativeError>, Partial<NativeError>]>([
    ['number', -25300, { code: -25300 }, { code: '-25300' }],
    ['code', 'ENOENT', { code: 'ENOENT' }, { code: 'EACCES' }],
    ['type', 'KeyringLocked', { type: 'KeyringLocked' }, { type: 'InitError', message: 'KeyringLocked' }],
    ['null', null, {}, { type: 'Error' }],
    ['token', 'NOT_FOUND:', { message: 'NOT_FOUND: a' }, { message: 'it said NOT_FOUND: a' }],
    ['text', 'locked', { message: 'it is locked now' }, { message: 'it is open' }],
  ])('matches by %s', (by, match, hit, miss) => {
    const table: readonly MappingRow[] = [{ by, match, to: ['access-denied'] }]
    expect(mapNative(table, native(hit), 'get').code).toBe('access-denied')
    expect(mapNative(table, native(miss), 'get').code).toBe('internal')
  })
  it('takes the first row, of this domain and operation only', () => {
    const table: readonly MappingRow[] = [
      { by: 'null', match: null, op: 'delete', to: ['unsupported'] },
      { by: 'null', match: null, domain: 'other', to: ['busy'] },
      { by: 'null', match: null, to: ['not-found', 'corrupt'] },
    ]
    expect(mapNative(table, native({}), 'get')).toEqual({ code: 'not-found' })
    expect(mapNative(table, native({}), 'delete')).toEqual({ code: 'unsupported' })
    expect(mapNative(table, native({ domain: 'other' }), 'get')).toEqual({ code: 'busy' })
  })
})
