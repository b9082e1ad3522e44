import { FilesError } from '../../harness/contract/platforms/desktop.ts'

/** What a file of a database can fail with. `shut`: no page of it opens by this key, by which nobody can tell key from damage. */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault'
  readonly kind: 'missing' | 'plain' | 'shut' | 'damaged'
  constructor(kind: DatabaseFault['kind'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}
export { FilesError }

/** How the pages of a file are sealed: SQLCipher's format 4, or the older 3, which is read only to be replaced. */
export type PageFormat = 'sqlcipher-4' | 'sqlcipher-3'
export type Cell = Uint8Array | number
export type Row = Readonly<Record<string, unknown>>

/** A prepared statement. Blobs come back as buffers. */
export interface Statement {
  run(...cells: readonly Cell[]): number
  first(...cells: readonly Cell[]): Row | null
  each(...cells: readonly Cell[]): IterableIterator<Row>
}

/** An open, encrypted database that nobody else has open. Every call throws a `DatabaseFault` or a `FilesError`. */
export interface Connection extends Disposable {
  statement(sql: string): Statement
  run(sql: string): void
  /** All of it or, where it throws, nothing. */
  atomically<T>(work: () => T): T
}

/** What runs databases: the edge to native code. */
export interface Engine {
  /**
   * Opens a file that exists and is not empty, and reads a page of it.
   * @param rawKey 32 bytes, any of which may be zero
   */
  open(path: string, rawKey: Uint8Array, format: PageFormat): Connection
  /** Begins a database in a file that exists and is empty, so that whoever made it has said who may read it. */
  create(path: string, rawKey: Uint8Array, format: PageFormat): Connection
}
