/** The part of better-sqlite3-multiple-ciphers that the vault uses; the package exports no types. */
declare module 'better-sqlite3-multiple-ciphers' {
  interface NativeStatement {
    run(...cells: readonly (Uint8Array | number)[]): { readonly changes: number }
    get(...cells: readonly (Uint8Array | number)[]): Readonly<Record<string, unknown>> | undefined
    iterate(...cells: readonly (Uint8Array | number)[]): IterableIterator<Readonly<Record<string, unknown>>>
  }
  class SqliteError extends Error {
    readonly code: string
  }
  export default class Database {
    static readonly SqliteError: typeof SqliteError
    constructor(path: string, options: { readonly fileMustExist: boolean; readonly timeout: number })
    /** The key as SQLite's own function takes it: bytes with their length. */
    key(key: Uint8Array): number
    pragma(source: string): unknown
    exec(sql: string): this
    prepare(sql: string): NativeStatement
    transaction<T>(work: () => T): { immediate(): T }
    close(): void
  }
}
