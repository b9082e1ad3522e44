import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { DesktopPorts } from '../harness/contract/platforms/desktop.ts'
import { type DatabaseVault, openDatabaseVault } from '../reference/database/database-vault.ts'
import { nameBytes } from '../reference/database/row-seal.ts'
import { sqlcipher } from '../reference/database/sqlcipher.ts'
import { nodePorts } from '../reference/ports/node-ports.ts'
import { median } from './measure.ts'

// node bench/database.ts [--rows 5000 --size 1024 --rounds 5 --cpu] [--gigabyte]: the vault on a database beside the bare
// encrypted database with the same rows, as ratios of one run: the bare one is as fast on the same machine at the same
// moment. With --cpu by this process's processor time, which a busy machine
// disturbs less. --gigabyte fills a database of 1 GiB and tells the most memory that the process had; it takes minutes.
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '5000' },
    size: { type: 'string', default: '1024' },
    rounds: { type: 'string', default: '5' },
    cpu: { type: 'boolean', default: false },
    gigabyte: { type: 'boolean', default: false },
  },
})
const [rowCount, size, rounds] = [Number(values.rows), Number(values.size), Number(values.rounds)]

function portsOf(directory: string): DesktopPorts {
  let item: Uint8Array | null = null
  const keyring: DesktopPorts['keyring'] = {
    get: async () => (item === null ? null : Uint8Array.from(item)),
    set: async (_, secret) => {
      item = Uint8Array.from(secret)
    },
    delete: async () => {
      item = null
      return true
    },
    find: async () => [],
    state: async () => 'unlocked',
  }
  return { ...nodePorts(directory, { write() {} }), keyring }
}
async function vaultIn(directory: string): Promise<DatabaseVault> {
  const vault = openDatabaseVault({ namespace: 'bench', directory, ports: portsOf(directory) })
  await must(vault, { op: 'setUp' })
  return vault
}
async function must(vault: DatabaseVault, call: Parameters<DatabaseVault['invoke']>[0]): Promise<void> {
  const answer = await vault.invoke(call)
  if (answer.is !== 'ok') throw new Error(`'${call.op}' was refused`)
}
/** Milliseconds by the clock, or of processor time. */
const now = () => {
  if (!values.cpu) return performance.now()
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
/** Milliseconds. */
async function timed(work: () => unknown): Promise<number> {
  const from = now()
  await work()
  return now() - from
}
async function inFolder<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
  try {
    return await work(directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
const namesOf = (count: number) => Array.from({ length: count }, (_, n) => `account/${n}`)

/** What sealing each value costs at least: AES-256-GCM by node:crypto, and nothing around it. */
function bareSeal() {
  const key = createSecretKey(randomBytes(32))
  return {
    seal(value: Uint8Array) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      return { nonce, body: cipher.update(value), last: cipher.final(), tag: cipher.getAuthTag() }
    },
    open({ nonce, body, tag }: { nonce: Uint8Array; body: Uint8Array; tag: Uint8Array }) {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce)
      decipher.setAuthTag(tag)
      return [decipher.update(body), decipher.final()]
    },
  }
}

/** How fast the vault is, of the bare database's speed: in turn, the median of several rounds. */
async function ratios(directory: string, count: number) {
  const names = namesOf(count)
  const path = join(directory, 'bare.db')
  writeFileSync(path, '')
  using bare = sqlcipher.create(path, randomBytes(32), 'sqlcipher-4')
  bare.run(
    'CREATE TABLE entries (name BLOB NOT NULL PRIMARY KEY, version INTEGER NOT NULL, value BLOB NOT NULL) WITHOUT ROWID',
  )
  const insert = bare.statement('INSERT OR REPLACE INTO entries VALUES (?, ?, ?)')
  const select = bare.statement('SELECT version, value FROM entries WHERE name = ?')
  const vault = await vaultIn(join(directory, 'vault'))
  const { seal, open } = bareSeal()
  const puts: number[] = []
  const gets: number[] = []
  const most: { readonly put: number[]; readonly get: number[] } = { put: [], get: [] }
  for (let round = 0; round <= rounds; round++) {
    // Other bytes in each round: SQLite writes no page whose bytes stay as they are, and a sealed value never does.
    const value = randomBytes(size)
    const entries = names.map((name) => ({ name, value }))
    const barePut = await timed(() =>
      bare.atomically(() => {
        for (const name of names) insert.run(nameBytes(name), round, value)
      }),
    )
    const put = await timed(() => vault.putMany(entries))
    const bareGet = await timed(() => {
      for (const name of names) select.first(nameBytes(name))
    })
    const get = await timed(async () => {
      for (const name of names) await must(vault, { op: 'get', name })
    })
    const sealing = await timed(() => {
      for (const _ of names) seal(value)
    })
    const sealed = seal(value)
    const opening = await timed(() => {
      for (const _ of names) open(sealed)
    })
    // The first round warms up.
    if (round === 0) continue
    puts.push(barePut / put)
    gets.push(bareGet / get)
    most.put.push(barePut / (barePut + sealing))
    most.get.push(bareGet / (bareGet + opening))
  }
  await must(vault, { op: 'lock' })
  return { put: median(puts), get: median(gets), mostPut: median(most.put), mostGet: median(most.get) }
}

/** Milliseconds that a vault of so many entries takes longer to open than an empty one, the median of several rounds. */
async function opening(directory: string, count: number) {
  const empty = await vaultIn(join(directory, 'empty'))
  const full = await vaultIn(join(directory, 'full'))
  await full.putMany(namesOf(count).map((name) => ({ name, value: Buffer.from(name) })))
  const more: number[] = []
  const open = (vault: DatabaseVault) => timed(() => must(vault, { op: 'unlock' }))
  for (let round = 0; round <= rounds; round++) {
    for (const vault of [empty, full]) await must(vault, { op: 'lock' })
    more.push(-(await open(empty)) + (await open(full)))
  }
  for (const vault of [empty, full]) await must(vault, { op: 'lock' })
  return median(more.slice(1))
}

/** Fills a database of 1 GiB and reads it by pages. @returns the most memory that the process had, in MiB */
async function gigabyte(directory: string) {
  const vault = await vaultIn(directory)
  const value = randomBytes(65_536)
  const batch = 64
  for (let from = 0; from < 16_384; from += batch)
    await vault.putMany(Array.from({ length: batch }, (_, n) => ({ name: `row/${from + n}`, value })))
  let after: string | undefined
  for (;;) {
    const page = await vault.query({ prefix: 'row/', limit: batch, ...(after === undefined ? {} : { after }) })
    after = page.at(-1)?.name
    if (after === undefined) break
  }
  await must(vault, { op: 'lock' })
  const bytes = statSync(join(directory, 'vault-2.1.db')).size
  return { databaseMiB: Math.round(bytes / 1_048_576), peakMiB: Math.round(process.resourceUsage().maxRSS / 1024) }
}

const print = (line: string) => void process.stdout.write(`${line}\n`)
if (values.gigabyte) {
  const { databaseMiB, peakMiB } = await inFolder(gigabyte)
  print(`a database of ${databaseMiB} MiB: ${peakMiB} MiB of memory at most (at most 150 are wanted)`)
} else {
  const met = (is: boolean) => (is ? 'met' : 'missed')
  print(
    `load ${(loadavg()[0] ?? 0).toFixed(1)}; of the bare encrypted database’s speed, rows of ${size} bytes; in brackets, of it with bare`,
  )
  print(
    `AES-256-GCM besides, which is the most that can be: ${values.cpu ? 'by processor time' : 'by the clock'}; at least 0.5 is wanted`,
  )
  // SQLite holds 2 MB of pages: more rows than that are decrypted at each read, by the bare database too.
  for (const count of [rowCount, 300]) {
    const { put, get, mostPut, mostGet } = await inFolder((directory) => ratios(directory, count))
    print(`  ${count} rows, get             ${get.toFixed(2)} (${mostGet.toFixed(2)}) ${met(get >= 0.5)}`)
    print(`  ${count} rows, put in batches  ${put.toFixed(2)} (${mostPut.toFixed(2)}) ${met(put >= 0.5)}`)
  }
  const more = await inFolder((directory) => opening(directory, 100_000))
  print(`100,000 entries open in ${more.toFixed(1)} ms more than none (less than 50 is wanted) ${met(more < 50)}`)
}
