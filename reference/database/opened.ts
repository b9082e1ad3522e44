import { timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import type { Random } from '../../harness/contract/platforms/desktop.ts'
import { Refusal } from '../failure.ts'
import { deriveKey } from '../keys.ts'
import { type Connection, DatabaseFault, type Engine, type PageFormat } from './engine.ts'
import { databasePath, type Head, oldestFormat } from './head.ts'
import { type RowSeal, rowSeal } from './row-seal.ts'
import { type Standing, standingOf } from './rows.ts'

/** What sealed the pages of each format. */
const pagesOf = (format: number): PageFormat => (format === oldestFormat ? 'sqlcipher-3' : 'sqlcipher-4')
const otherPages: Readonly<Record<PageFormat, PageFormat>> = {
  'sqlcipher-4': 'sqlcipher-3',
  'sqlcipher-3': 'sqlcipher-4',
}

/** Where a database is, and by what it is opened. */
export interface Place {
  readonly engine: Engine
  readonly directory: string
  readonly vaultKey: Uint8Array
  readonly head: Head
}

/** HMAC over the head. */
export const headKey = (vaultKey: Uint8Array, id: Uint8Array) => deriveKey(vaultKey, id, 'database head')
export function sealOf({ vaultKey, head: { id } }: Place, random: Random): RowSeal {
  using key = deriveKey(vaultKey, id, 'database rows')
  return rowSeal(key.bytes, id, random)
}
/** A key of its own for each file, so that no two ever share one. */
const fileKey = ({ vaultKey, head: { id, format, file } }: Place) =>
  deriveKey(vaultKey, id, `database ${format}.${file}`)

/** Begins the database of this head in a file that is there and empty. */
export function createDatabase(place: Place): Connection {
  using key = fileKey(place)
  return place.engine.create(join(place.directory, databasePath(place.head)), key.bytes, pagesOf(place.head.format))
}

/**
 * Opens the database of a head by a key that is known to be right, so that whatever does not open is the file's fault.
 * @throws Refusal `missing`, `wrong-format` or `corrupt`
 */
export function openDatabase(place: Place): Connection {
  const { engine, directory, head } = place
  const path = join(directory, databasePath(head))
  const pages = pagesOf(head.format)
  using key = fileKey(place)
  try {
    const connection = engine.open(path, key.bytes, pages)
    try {
      requireFormat(connection, head.format)
      return connection
    } catch (error) {
      connection[Symbol.dispose]()
      throw error
    }
  } catch (error) {
    if (error instanceof DatabaseFault && error.kind === 'shut' && opens(engine, path, key.bytes, otherPages[pages]))
      throw new Refusal('wrong-format', { reason: `the pages of the database are those of ${otherPages[pages]}` })
    throw refusalOf(error)
  }
}

function opens(engine: Engine, path: string, key: Uint8Array, pages: PageFormat): boolean {
  try {
    engine.open(path, key, pages)[Symbol.dispose]()
    return true
  } catch (error) {
    if (error instanceof DatabaseFault) return false
    throw error
  }
}

function requireFormat(connection: Connection, format: number): void {
  const { user_version: found } = connection.statement('PRAGMA user_version').first() ?? {}
  if (found !== format)
    throw new Refusal('wrong-format', { reason: `the database is of format ${found}, its head says ${format}` })
}

/** What is said of a database that fails while its key is right. Other errors are handed on. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof DatabaseFault)) return error
  switch (error.kind) {
    case 'missing':
      return new Refusal('missing', { reason: 'the database is gone' })
    case 'plain':
      return new Refusal('wrong-format', { reason: 'the database is not encrypted' })
    case 'shut':
    case 'damaged':
      return new Refusal('corrupt', { reason: 'the database is damaged' })
  }
}

/**
 * Compares what the database says of its last change with what is anchored outside. One change that was committed and
 * not yet anchored is where a crash has cut a write short: nobody was told of it, and it counts.
 * @throws Refusal `rollback` for an older state, or another one of the same age; `corrupt` where it says nothing
 */
export function requireNewest(connection: Connection, generation: number, mark: Uint8Array): Standing {
  const standing = standingOf(connection)
  if (standing === null) throw new Refusal('corrupt', { reason: 'the database does not say what state it is in' })
  const same = (other: Uint8Array) => other.length === mark.length && timingSafeEqual(other, mark)
  if (standing.generation === generation && same(standing.mark)) return standing
  if (standing.generation === generation + 1 && same(standing.previous)) return standing
  throw new Refusal('rollback', { reason: 'the database is not the one that was last written' })
}
