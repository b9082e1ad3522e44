import { timingSafeEqual } from 'node:crypto'
import type { Random } from '../../harness/contract/platforms/desktop.ts'
import { Refusal } from '../failure.ts'
import type { Connection } from './engine.ts'
import { currentFormat, databasePath, type Head } from './head.ts'
import { createDatabase, type Place, sealOf } from './opened.ts'
import { nameOf } from './row-seal.ts'
import { type Entry, layOut, rows, type Standing } from './rows.ts'

/** Rows that are copied in one transaction: so many are in memory at once. */
const atOnce = 500

/** Format 1 kept names and values as they are, under the pages of SQLCipher 3. */
function* entriesOfFormat1(old: Connection): Generator<Entry> {
  for (const { name, value } of old.statement('SELECT name, value FROM entries ORDER BY name').each()) {
    if (!(name instanceof Uint8Array) || !(value instanceof Uint8Array))
      throw new Refusal('corrupt', { reason: 'a row of the older format is damaged' })
    yield { name: nameOf(name), value }
  }
}
function countOf(connection: Connection): unknown {
  return connection.statement('SELECT count(*) AS rows FROM entries').first()?.rows
}

/** The head of the file that takes the place of an older one. */
export const successorOf = ({ id, file }: Head): Head => ({ format: currentFormat, id, file: file + 1 })

/**
 * Copies the rows of an older format into the next file, which counts for nothing yet: the old one is not touched, and
 * who removes the new one has taken the upgrade back. Every row is compared after it was written.
 * @param place of the new file, which is there and empty
 * @returns what the new database says of its state
 */
export function copyRows(old: Connection, was: Standing, place: Place, random: Random): Standing {
  using next = createDatabase(place)
  const first: Standing = { generation: was.generation, mark: was.mark, previous: was.previous }
  layOut(next, currentFormat, first)
  const into = rows(next, sealOf(place, random))
  let batch: Entry[] = []
  let mark: Uint8Array = was.mark
  const flush = () => {
    mark = random.bytes(32)
    into.change(batch, [], mark)
    batch = []
  }
  for (const entry of entriesOfFormat1(old)) if (batch.push(entry) === atOnce) flush()
  flush()
  for (const { name, value } of entriesOfFormat1(old)) {
    const copied = into.get(name)
    if (copied === null || copied.length !== value.length || !timingSafeEqual(copied, value))
      throw new Refusal('internal', { reason: `a row of ${databasePath(place.head)} is not what was copied` })
    copied.fill(0)
  }
  if (countOf(old) !== countOf(next))
    throw new Refusal('internal', { reason: `${databasePath(place.head)} has not as many rows as were copied` })
  return into.standing()
}
