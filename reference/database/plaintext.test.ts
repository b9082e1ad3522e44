import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ValueRef } from '../../harness/contract/values.ts'
import { canaries } from '../../harness/engine/canary.ts'
import { findLeaks } from '../../harness/engine/leaks.ts'
import type { Connection } from './engine.ts'
import { ask, type Desk, desk } from './sample-desk.ts'
import { sqlcipher } from './sqlcipher.ts'

/** Where SQLite would put its temporary files. */
const before = process.env.SQLITE_TMPDIR
let world: Desk
let temporary: string
beforeAll(() => {
  world = desk()
  temporary = join(world.directory, 'temporary')
  mkdirSync(temporary)
  process.env.SQLITE_TMPDIR = temporary
})
afterAll(() => {
  if (before === undefined) delete process.env.SQLITE_TMPDIR
  else process.env.SQLITE_TMPDIR = before
  world[Symbol.dispose]()
})

const refs: readonly ValueRef[] = Array.from({ length: 300 }, (_, canary) => ({ canary, size: 900, kind: 'text' }))
const used = canaries('bytes')
const secrets = refs.map((ref) => Buffer.from(used.make(ref)))

/** Every file that there is at this moment, with those that SQLite makes beside or elsewhere. */
function* everything(): Generator<readonly [string, Buffer]> {
  for (const folder of [world.directory, temporary])
    for (const file of readdirSync(folder, { withFileTypes: true }))
      if (file.isFile()) yield [file.name, readFileSync(join(folder, file.name))]
}
const leaks = () => [...everything()].flatMap(([name, bytes]) => findLeaks(bytes, used.secrets, false).map(() => name))
const files = () => [...everything()].map(([name]) => name)

/** The values as they are, so that only the pages keep them secret. */
const fill = (connection: Connection) =>
  connection.atomically(() => {
    connection.run('CREATE TABLE plain (value BLOB)')
    for (const secret of secrets) connection.statement('INSERT INTO plain VALUES (?)').run(secret)
  })

it('the sweep sees a value in a plain file', () => {
  expect(findLeaks(Buffer.concat([Buffer.alloc(99), secrets[7] ?? Buffer.alloc(0)]), used.secrets, false)).not.toEqual(
    [],
  )
})

it('pages, log and temporary files show nothing while a query sorts, a vacuum runs and a write fails midway', async () => {
  const vault = world.start()
  await ask(vault, { op: 'setUp' })
  await ask(vault, { op: 'lock' })
  const key = Buffer.alloc(32, 5)
  const path = join(world.directory, 'vault-9.9.db')
  writeFileSync(path, '')
  using connection = sqlcipher.create(path, key, 'sqlcipher-4')
  fill(connection)
  expect(files()).toContain('vault-9.9.db-wal')
  expect(leaks()).toEqual([])
  // In the middle of a sort that is larger than the cache.
  connection.run('PRAGMA cache_size = 1')
  const sorted = connection.statement('SELECT value FROM plain ORDER BY substr(value, 5), value').each()
  sorted.next()
  expect(leaks()).toEqual([])
  sorted.return?.()
  connection.run('CREATE TEMP TABLE copy AS SELECT value FROM plain ORDER BY value DESC')
  expect(leaks()).toEqual([])
  connection.run('PRAGMA journal_mode = delete')
  const midway = () =>
    connection.atomically(() => {
      connection.run('UPDATE plain SET value = value || value')
      expect(files()).toContain('vault-9.9.db-journal')
      expect(leaks()).toEqual([])
      throw new Error('midway')
    })
  expect(midway).toThrow('midway')
  connection.run('DELETE FROM plain WHERE rowid % 2 = 0')
  connection.run('VACUUM')
  expect(leaks()).toEqual([])
  expect(files().filter((name) => name !== 'database.head' && !name.startsWith('vault-'))).toEqual([])
})

it('the vault itself shows nothing while it writes, and its files are their owner’s alone', async () => {
  const vault = world.start()
  await ask(vault, { op: 'unlock' })
  await vault.putMany(secrets.map((value, at) => ({ name: `n${at}`, value })))
  expect(files()).toContain('vault-2.1.db-wal')
  expect(leaks()).toEqual([])
  for (const name of ['database.head', 'vault-2.1.db', 'vault-2.1.db-wal'])
    expect(statSync(join(world.directory, name)).mode & 0o77).toBe(0)
  await ask(vault, { op: 'lock' })
  expect(leaks()).toEqual([])
})
