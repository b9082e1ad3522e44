import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { idSize, newAnchor } from '../anchor.ts'
import { digestOf } from '../header.ts'
import { keySize } from '../keys.ts'
import { copySecret, takeSecret } from '../memory/secret-bytes.ts'
import { databasePath, encodeHead, type Head, headPath } from './head.ts'
import { createDatabase, headKey } from './opened.ts'
import { nameBytes } from './row-seal.ts'
import { sqlcipher } from './sqlcipher.ts'

const tables = `
  CREATE TABLE entries (name BLOB NOT NULL PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE standing (one INTEGER PRIMARY KEY CHECK (one = 1), generation INTEGER NOT NULL, mark BLOB NOT NULL, previous BLOB NOT NULL);
  PRAGMA user_version = 1;
`

/** Makes a vault as format 1 was: pages of SQLCipher 3, and values as they are. Returns the item for the keyring. */
export function makeFormat1(
  directory: string,
  write: (path: string, bytes: Uint8Array) => void,
  entries: ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  const head: Head = { format: 1, id: randomBytes(idSize), file: 1 }
  const vaultKey = randomBytes(keySize)
  const mark = randomBytes(32)
  write(join(directory, databasePath(head)), new Uint8Array(0))
  {
    using connection = createDatabase({ engine: sqlcipher, directory, vaultKey, head })
    connection.run(tables)
    for (const [name, value] of entries)
      connection.statement('INSERT INTO entries (name, value) VALUES (?, ?)').run(nameBytes(name), value)
    connection.statement('INSERT INTO standing VALUES (1, 1, ?, ?)').run(mark, mark)
  }
  using key = headKey(vaultKey, head.id)
  const bytes = encodeHead(head, key.bytes)
  write(join(directory, headPath), bytes)
  using guard = takeSecret(randomBytes(keySize))
  using empty = newAnchor(head.id, guard)
  using secret = copySecret(vaultKey)
  using anchor = empty.with({
    generation: 1,
    header: digestOf(bytes),
    manifest: { at: 1, digest: mark },
    secrets: { keyring: secret.bytes },
  })
  using encoded = anchor.encode()
  return Uint8Array.from(encoded.bytes)
}
