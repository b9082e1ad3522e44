import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Anchor, fetchAnchor } from '../anchor.ts'
import { decodeHeader } from '../header.ts'
import { deriveKeys } from '../keys.ts'
import { openPinSlot } from '../methods/keyring-pin.ts'
import { nodePorts } from '../ports/node-ports.ts'

let directory = ''
let child: ChildProcess | null = null
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'holdfast-memory-'))
})
afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(directory, { recursive: true, force: true })
})

const text = (bytes: Buffer) => bytes.toString('latin1')
/** Where a look has to find something, one form will do. */
const asItIs = (secret: Buffer) => ({ raw: secret })
/** The forms in which a secret could lie about. */
const forms = (secret: Buffer): Readonly<Record<string, Buffer>> => ({
  raw: secret,
  hex: Buffer.from(secret.toString('hex')),
  'utf-16': Buffer.from(text(secret), 'utf16le'),
  'base64 at 0': Buffer.from(secret.toString('base64').slice(0, -4)),
  'base64 at 1': Buffer.from(
    Buffer.concat([Buffer.alloc(1), secret])
      .toString('base64')
      .slice(4, -4),
  ),
  'base64 at 2': Buffer.from(
    Buffer.concat([Buffer.alloc(2), secret])
      .toString('base64')
      .slice(4, -4),
  ),
  'a list of numbers': Buffer.from([...secret].join()),
})

const blockSize = 1 << 20
/** More than the longest form of a secret, so that none is missed between two blocks. */
const overlap = 1_024
const zeros = Buffer.alloc(blockSize)

/** What a process can write to, in blocks; those that were never touched are left out. */
function* memoryOf(pid: number): Generator<Buffer> {
  const file = openSync(`/proc/${pid}/mem`, 'r')
  const block = Buffer.alloc(blockSize)
  /** Bytes that could be read: not where there is device memory, where no secret is kept. */
  const read = (size: number, from: number) => {
    try {
      return readSync(file, block, 0, size, from)
    } catch {
      return 0
    }
  }
  try {
    for (const region of readFileSync(`/proc/${pid}/smaps`, 'latin1').split(/\n(?=[0-9a-f]+-[0-9a-f]+ )/)) {
      const [, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(region) ?? []
      if (from === '' || /^Rss: +0 kB/m.test(region)) continue
      const end = Number.parseInt(to, 16)
      for (let at = Number.parseInt(from, 16); at < end; at += blockSize - overlap) {
        const bytes = block.subarray(0, read(Math.min(blockSize, end - at), at))
        if (!bytes.equals(zeros.subarray(0, bytes.length))) yield bytes
      }
    }
  } finally {
    closeSync(file)
  }
}
function found(pid: number, secrets: Readonly<Record<string, Buffer>>, inForms = forms): string[] {
  const hits = new Set<string>()
  const looked = Object.entries(secrets).flatMap(([name, secret]) =>
    Object.entries(inForms(secret)).map(([form, bytes]) => ({ what: `${name}, ${form}`, bytes })),
  )
  for (const block of memoryOf(pid)) for (const { what, bytes } of looked) if (block.includes(bytes)) hits.add(what)
  return [...hits].sort()
}

/** The keys of the driven vault, from its files, its keyring and its PIN. */
async function keysOf(pin: Buffer): Promise<Record<string, Buffer>> {
  const { kdf, files } = nodePorts(directory, { write() {} })
  const keyring = { get: () => files.read('anchor') }
  const anchor: Anchor | null = await fetchAnchor(keyring as never, { service: '', account: '' })
  const { header } = decodeHeader((await files.read('header')) ?? new Uint8Array())
  const [slot] = header.slots
  const secret = anchor?.secret('keyring-pin')
  if (anchor === null || slot?.method !== 'keyring-pin' || !secret) throw new Error('the driven vault has no PIN slot')
  const vaultKey = await openPinSlot(kdf, header.id, slot, secret, pin)
  if (vaultKey === null) throw new Error('the PIN is not the driven vault’s')
  const keys = deriveKeys(vaultKey.bytes, header.id)
  return {
    'vault key': Buffer.from(vaultKey.bytes),
    'key of entries': Buffer.from(keys.entries.bytes),
    'key of names': Buffer.from(keys.names.bytes),
    'keyring secret': Buffer.from(secret),
    guard: Buffer.from(anchor.guard),
  }
}

test.runIf(process.platform === 'linux')(
  'after lock no key, PIN or value is in the memory of the process',
  async () => {
    const pin = Buffer.from('918273645546')
    const wrong = Buffer.from('564738291918')
    const value = Buffer.from('canary/5d1f0b7c9a3e48826f4d/The quick brown fox keeps it to itself').subarray(0, 64)
    const driven = spawn(process.execPath, [join(import.meta.dirname, 'driven-vault.ts'), directory], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child = driven
    const { pid = 0 } = driven
    const lines = createInterface({ input: driven.stdout })[Symbol.asyncIterator]()
    const said = async () => (await lines.next()).value
    const go = () => driven.stdin.write('.')
    driven.stdin.write(Buffer.concat([pin, wrong, value]))

    expect(await said()).toBe('open ok,ok,ok,wrong-pin,ok,ok')
    const keys = await keysOf(pin)
    const secrets = { pin, 'wrong PIN': wrong, value, ...keys }
    // The look finds what is there.
    expect(found(pid, secrets, asItIs)).toEqual(
      Object.keys(secrets)
        .map((name) => `${name}, raw`)
        .sort(),
    )
    go()
    expect(await said()).toBe('zeroed 64')
    expect(found(pid, secrets, asItIs)).toEqual(
      Object.keys(keys)
        .map((name) => `${name}, raw`)
        .sort(),
    )
    go()
    expect(await said()).toBe('locked')
    expect(found(pid, secrets)).toEqual([])
    expect(readFileSync(`/proc/${pid}/environ`).includes(value)).toBe(false)
    go()
    await once(driven, 'exit')
    child = null
  },
  30_000,
)
