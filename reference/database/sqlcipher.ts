import { closeSync, openSync, readSync } from 'node:fs'
import Database from 'better-sqlite3-multiple-ciphers'
import { toHex } from '../hex.ts'
import { keySize } from '../keys.ts'
import { secretRoom } from '../memory/secret-bytes.ts'
import { type Connection, DatabaseFault, type Engine, FilesError, type PageFormat, type Statement } from './engine.ts'

const legacy: Readonly<Record<PageFormat, number>> = { 'sqlcipher-4': 4, 'sqlcipher-3': 3 }
/** What a plain database begins with, of 16 bytes with its zero. */
const plainMark = Buffer.from('SQLite format 3\0')

/**
 * What every connection is told. Temporary tables, sorts and statement journals stay in memory, where nothing has to be
 * encrypted; a page that is freed is zeroed; a commit is on disk when it returns; and the lock is kept until the end,
 * so that the index of the log is in memory too.
 */
const settings = [
  'temp_store = memory',
  'secure_delete = on',
  'trusted_schema = off',
  'cell_size_check = on',
  'mmap_size = 0',
  'locking_mode = exclusive',
  'journal_mode = wal',
  'synchronous = full',
  'fullfsync = on',
  'checkpoint_fullfsync = on',
] as const

const denied: ReadonlySet<string> = new Set(['SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_PERM', 'SQLITE_AUTH'])

/** What SQLite says by number becomes a fault; what it says in words is not read. */
function told(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const [kind = ''] = /^SQLITE_[A-Z]+/.exec(error.code) ?? []
  const options = { cause: error }
  if (kind === 'SQLITE_NOTADB') return new DatabaseFault('shut', 'no page opens by this key', options)
  if (kind === 'SQLITE_CORRUPT' || error.code === 'SQLITE_IOERR_SHORT_READ' || error.code === 'SQLITE_IOERR_DATA')
    return new DatabaseFault('damaged', 'a page is damaged', options)
  if (kind === 'SQLITE_FULL') return new FilesError('no-space', 'no room for the database', options)
  if (denied.has(kind)) return new FilesError('denied', 'the database may not be used', options)
  return new FilesError('failed', `the database failed: ${error.code}`, options)
}
function telling<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw told(error)
  }
}

/** @throws DatabaseFault `missing`, `plain`, or `damaged` where there is no byte: SQLite would take that for a new one. */
function requireSealed(path: string): void {
  const begin = Buffer.alloc(plainMark.length)
  let size = 0
  try {
    const file = openSync(path, 'r')
    try {
      size = readSync(file, begin, 0, begin.length, 0)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new DatabaseFault('missing', 'there is no such file', { cause: error })
    throw new FilesError('denied', 'the database may not be read', { cause: error })
  }
  if (begin.equals(plainMark)) throw new DatabaseFault('plain', 'the database is not encrypted')
  if (size === 0) throw new DatabaseFault('damaged', 'the database is empty')
}

/** Opens it with its key, as bytes with their length: a zero byte ends nothing. */
function keyed(path: string, rawKey: Uint8Array, format: PageFormat): Database {
  if (rawKey.length !== keySize) throw new Error(`a raw key has ${keySize} bytes (a fault of the vault)`)
  const native = new Database(path, { fileMustExist: true, timeout: 0 })
  try {
    native.pragma("cipher = 'sqlcipher'")
    native.pragma(`legacy = ${legacy[format]}`)
    using hex = toHex(rawKey)
    using form = secretRoom(hex.bytes.length + 3)
    form.bytes.write("x'")
    form.bytes.set(hex.bytes, 2)
    form.bytes.write("'", form.bytes.length - 1)
    native.key(form.bytes)
    return native
  } catch (error) {
    native.close()
    throw error
  }
}

function connect(path: string, rawKey: Uint8Array, format: PageFormat): Connection {
  const native = telling(() => keyed(path, rawKey, format))
  try {
    telling(() => {
      // Before anything else, so that no setting touches a file that does not open.
      native.prepare('SELECT count(*) FROM sqlite_schema').get()
      for (const setting of settings) native.pragma(setting)
    })
  } catch (error) {
    native.close()
    throw error
  }
  return connectionOf(native)
}

function connectionOf(native: Database): Connection {
  const prepared = new Map<string, Statement>()
  const prepare = (sql: string): Statement => {
    const statement = telling(() => native.prepare(sql))
    return {
      run: (...cells) => telling(() => statement.run(...cells).changes),
      first: (...cells) => telling(() => statement.get(...cells) ?? null),
      *each(...cells) {
        try {
          yield* statement.iterate(...cells)
        } catch (error) {
          throw told(error)
        }
      },
    }
  }
  return {
    statement(sql) {
      const found = prepared.get(sql) ?? prepare(sql)
      prepared.set(sql, found)
      return found
    },
    run: (sql) => telling(() => void native.exec(sql)),
    atomically: (work) => telling(() => native.transaction(work).immediate()),
    [Symbol.dispose]: () => telling(() => void native.close()),
  }
}

/** SQLite with the pages of SQLCipher. */
export const sqlcipher: Engine = {
  open(path, rawKey, format) {
    requireSealed(path)
    return connect(path, rawKey, format)
  },
  create: connect,
}
