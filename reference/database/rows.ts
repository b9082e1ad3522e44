import { giveBack } from '../memory/give-back.ts'
import type { Row as Cells, Connection } from './engine.ts'
import { nameBytes, nameOf, type RowSeal, type Sealed } from './row-seal.ts'

/** An entry, as apps put and get it. */
export interface Entry {
  readonly name: string
  readonly value: Uint8Array
}
/** A part of the entries, in the order of their names' code units. */
export interface Query {
  /** Names that begin so. Default: all. */
  readonly prefix?: string
  /** Names after this one: the last of the page before. */
  readonly after?: string
  /** Entries at most. */
  readonly limit: number
}
/** What the database says of its last change: which one it was, and a random mark of it and of the one before. */
export interface Standing {
  readonly generation: number
  readonly mark: Uint8Array
  readonly previous: Uint8Array
}
/** What a change did, so that it can be taken back. */
interface Undo {
  readonly name: Uint8Array
  readonly before: Sealed | null
}

/** The rows of an open database. Every method throws what the engine throws, or a Refusal `corrupt`. */
export interface Rows {
  standing(): Standing
  get(name: string): Uint8Array | null
  has(name: string): boolean
  names(query?: Omit<Query, 'limit'>): string[]
  query(query: Query): Entry[]
  /**
   * Puts these and removes those, all or none, and moves on to the next generation.
   * @returns what takes it back
   */
  change(put: readonly Entry[], remove: readonly string[], mark: Uint8Array): () => void
}

const tables = `
  CREATE TABLE entries (name BLOB NOT NULL PRIMARY KEY, version INTEGER NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE standing (one INTEGER PRIMARY KEY CHECK (one = 1), generation INTEGER NOT NULL, mark BLOB NOT NULL, previous BLOB NOT NULL);
`
const markSize = 32
const sql = {
  get: 'SELECT version, sealed FROM entries WHERE name = ?',
  put: 'INSERT INTO entries (name, version, sealed) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version, sealed = excluded.sealed',
  remove: 'DELETE FROM entries WHERE name = ?',
  standing: 'SELECT generation, mark, previous FROM standing',
  move: 'INSERT INTO standing (one, generation, mark, previous) VALUES (1, ?, ?, ?) ON CONFLICT DO UPDATE SET generation = excluded.generation, mark = excluded.mark, previous = excluded.previous',
} as const

/** Makes the tables of this format in an empty database. */
export function layOut(connection: Connection, format: number, first: Standing): void {
  connection.atomically(() => {
    connection.run(tables)
    connection.run(`PRAGMA user_version = ${format}`)
    connection.statement(sql.move).run(first.generation, first.mark, first.previous)
  })
}

/** What stands in the database of its last change; null where it has no such table or row. */
export function standingOf(connection: Connection): Standing | null {
  const row = connection.statement(sql.standing).first()
  if (row === null) return null
  const { generation, mark, previous } = row
  if (typeof generation !== 'number' || !isMark(mark) || !isMark(previous)) return null
  return { generation, mark, previous }
}
const isMark = (cell: unknown): cell is Uint8Array => cell instanceof Uint8Array && cell.length === markSize

/** Where the names that begin so end: the first one that does not. Null where none comes after. */
function endOf(prefix: Uint8Array): Uint8Array | null {
  const end = Buffer.from(prefix)
  for (let at = end.length - 1; at >= 0; at--) {
    const byte = end[at] ?? 0
    if (byte === 255) continue
    end[at] = byte + 1
    return end.subarray(0, at + 1)
  }
  return null
}

export function rows(connection: Connection, seal: RowSeal): Rows {
  const sealedOf = (row: Cells | null): Sealed | null => {
    if (row === null) return null
    const { version, sealed } = row
    if (typeof version !== 'number' || !(sealed instanceof Uint8Array))
      return { version: -1, sealed: new Uint8Array(0) }
    return { version, sealed }
  }
  const read = (name: Uint8Array) => sealedOf(connection.statement(sql.get).first(name))
  const opened = (name: Uint8Array, row: Sealed): Uint8Array => {
    const value = seal.unseal(name, row)
    giveBack(row.sealed)
    return value
  }
  const standing = (): Standing =>
    standingOf(connection) ?? { generation: 0, mark: Buffer.alloc(0), previous: Buffer.alloc(0) }
  const write = (name: Uint8Array, row: Sealed | null) => {
    if (row === null) connection.statement(sql.remove).run(name)
    else connection.statement(sql.put).run(name, row.version, row.sealed)
  }
  const move = ({ generation, mark, previous }: Standing) =>
    connection.statement(sql.move).run(generation, mark, previous)

  /** Statements are made for each form of question: what is not asked for is not in them. */
  function* page(columns: string, { prefix = '', after, limit }: Partial<Query>): Generator<Cells> {
    const from = nameBytes(prefix)
    const end = endOf(from)
    const last = after === undefined ? null : nameBytes(after)
    // Of two lower bounds SQLite goes by either: from the beginning it would pass all rows of the pages before.
    const begin =
      last !== null && Buffer.compare(last, from) >= 0
        ? { where: 'name > ?', cell: last }
        : { where: 'name >= ?', cell: from }
    const asked = [begin, ...(end === null ? [] : [{ where: 'name < ?', cell: end }])]
    const question = `SELECT ${columns} FROM entries WHERE ${asked.map(({ where }) => where).join(' AND ')} ORDER BY name`
    const cells = asked.map(({ cell }) => cell)
    if (limit === undefined) yield* connection.statement(question).each(...cells)
    else yield* connection.statement(`${question} LIMIT ?`).each(...cells, limit)
  }
  const nameIn = ({ name }: Cells): Buffer => (name instanceof Uint8Array ? Buffer.from(name) : Buffer.alloc(0))

  return {
    standing,
    get(name) {
      const bytes = nameBytes(name)
      const row = read(bytes)
      return row === null ? null : opened(bytes, row)
    },
    has: (name) => read(nameBytes(name)) !== null,
    names: (query = {}) => Array.from(page('name', query), (row) => nameOf(nameIn(row))),
    query: (query) =>
      Array.from(page('name, version, sealed', query), (row) => {
        const name = nameIn(row)
        return { name: nameOf(name), value: opened(name, sealedOf(row) ?? { version: -1, sealed: name }) }
      }),
    change(put, remove, mark) {
      const undo: Undo[] = []
      const was = standing()
      const version = was.generation + 1
      const into = (name: Uint8Array, row: Sealed | null) => {
        undo.push({ name, before: read(name) })
        write(name, row)
        if (row !== null) giveBack(row.sealed)
      }
      connection.atomically(() => {
        for (const { name, value } of put) {
          const bytes = nameBytes(name)
          into(bytes, { version, sealed: seal.seal(bytes, version, value) })
        }
        for (const name of remove) into(nameBytes(name), null)
        move({ generation: version, mark, previous: was.mark })
      })
      return () =>
        connection.atomically(() => {
          // Backwards: a name may have come twice.
          for (const { name, before } of undo.reverse()) write(name, before)
          move(was)
        })
    },
  }
}
