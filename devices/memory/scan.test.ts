import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { mappingsOf, protectionAt } from './mappings.ts'
import { needlesFor } from './needles.ts'
import { scanMemory } from './scan.ts'
import { searchFor } from './search.ts'
import { coreDumpLimit, filesSince, openFilesOf, outsideOf, searchPlaces } from './surroundings.ts'

const isLinux = process.platform === 'linux'
if (!isLinux) console.warn('SKIPPED: memory of other processes is read by /proc, which is of Linux')

const secret = Buffer.from('Zk3vQp8sXw2rLm6tYb1nHc9dJf5gKa7e')
const other = Buffer.from('Ou4iWe0yRt8qPz6xVc2bNm1lKj3hGf5d')
const encodings = (piece: Buffer) => [
  { encoding: 'utf-8', bytes: piece },
  { encoding: 'hex', bytes: Buffer.from(piece.toString('hex')) },
]
const needles = needlesFor('secret', secret, encodings)

const living: ChildProcess[] = []
afterEach(async () => {
  for (const child of living.splice(0)) {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
})

/** A process that ran a script, which has the secret's bytes shifted by one in `s`, and stays. */
async function having(script: string, more: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const shifted = JSON.stringify([...secret].map((byte) => byte + 1))
  const setUp = `const s = Uint8Array.from(${shifted}, (byte) => byte - 1), size = s.length; globalThis.kept = []`
  const stay = "s.fill(0); console.log('ready'); setInterval(() => {}, 10_000)"
  const child = spawn(process.execPath, ['-e', [setUp, script, stay].join('\n'), ...more], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  living.push(child)
  await once(child.stdout, 'data')
  if (child.pid === undefined) throw new Error('the process was not started')
  return child.pid
}
const encodingsFound = (pid: number) => new Set(scanMemory(pid, needles).hits.map(({ encoding }) => encoding))

describe.skipIf(!isLinux)('a scan of the memory of a process', () => {
  it.each([
    ['utf-8', 'kept.push(Buffer.from(s))'],
    ['utf-8', "kept.push(Buffer.from(s).toString('latin1'))"],
    ['hex', "kept.push(Buffer.from(s).toString('hex'))"],
    ['int16 array', 'kept.push(Uint16Array.from(s))'],
    ['int32 array', 'kept.push(Int32Array.from(s))'],
    ['word array', 'kept.push(BigInt64Array.from(s, BigInt))'],
    ['word array', 'kept.push(Array.from(s))'],
    ['double array', 'kept.push(Float64Array.from(s))'],
    ['JSON numbers', "kept.push(Buffer.from(Array.from(s).join(',')))"],
  ])('finds %s in: %s', async (encoding, script) => {
    expect(encodingsFound(await having(script))).toContain(encoding)
  })
  it('finds what is in freed memory whose beginning was overwritten', async () => {
    expect(encodingsFound(await having('const b = Buffer.from(s); b.fill(0, 0, 16); kept.push(b)'))).toContain('utf-8')
  })
  it('finds nothing of another secret, reads everything and tells where it looked', async () => {
    const pid = await having('kept.push(Buffer.from(s))')
    const scan = scanMemory(pid, needlesFor('other', other, encodings))
    expect(scan.hits).toEqual([])
    expect(scan.unread).toEqual([])
    expect(scan.bytes).toBeGreaterThan(1_000_000)
    const [hit] = scanMemory(pid, needles).hits
    expect(hit?.what).toBe('secret')
    expect(protectionAt(pid, BigInt(`0x${hit?.at}`))).toEqual({ locked: false, undumped: false })
    expect(mappingsOf(pid).some(({ kind }) => kind === 'stack')).toBe(true)
  })
  it('finds it at the borders of what is read at once', async () => {
    // Anywhere around a border of 4 MiB, and of 64 KiB with zeros before.
    const offsets = [65_535, 65_520, 65_521, 4_194_303, 4_194_304 - 32, 4_194_304 - 160, 4_194_304 - 15]
    for (const offset of offsets) {
      const pid = await having(`const b = new Uint8Array(8_500_000); b.set(s, ${offset}); kept.push(b)`)
      expect([
        offset,
        scanMemory(pid, needles).hits.filter(({ encoding }) => encoding === 'utf-8').length >= 2,
      ]).toEqual([offset, true])
    }
  })
  it('tells that a process is gone', () => {
    expect(() => scanMemory(2 ** 22 + 1, needles)).toThrow('ENOENT')
  })
})

describe('search', () => {
  it('finds a needle at every offset', () => {
    const search = searchFor([{ what: 'secret', encoding: 'raw', bytes: secret }])
    const chunk = Buffer.alloc(256)
    for (let at = 0; at <= chunk.length - secret.length; at++) {
      chunk.fill(0)
      secret.copy(chunk, at)
      const found: number[] = []
      search.each(chunk, 0, chunk.length, (_, start) => found.push(start))
      expect(found).toEqual([at])
    }
  })
  it('refuses needles that chance would find', () => {
    expect(() => searchFor([{ what: 'PIN', encoding: 'raw', bytes: Buffer.from('1234') }])).toThrow('shorter')
    expect(() => needlesFor('PIN', Buffer.from('1234'), encodings)).toThrow('too few')
  })
})

describe.skipIf(!isLinux)('what surrounds a process', () => {
  it('its command line and environment are searched', async () => {
    const pid = await having('', [secret.toString()], { TOKEN: secret.toString('hex') })
    const found = searchPlaces(outsideOf(pid), needles).map(({ where, encoding }) => `${where} ${encoding}`)
    expect(new Set(found)).toEqual(new Set(['cmdline utf-8', 'environ hex']))
  })
  it('its open files and its core dump limit are told', async () => {
    const pid = await having("kept.push(require('node:fs').openSync('/dev/null'))")
    expect(openFilesOf(pid)).toContain('/dev/null')
    const { soft, hard } = coreDumpLimit(pid)
    expect(soft).toBeLessThanOrEqual(hard)
  })
  it('files are told with their modes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-left-'))
    try {
      await writeFile(join(folder, 'open'), '', { mode: 0o644 })
      await writeFile(join(folder, 'own'), '', { mode: 0o600 })
      const found = filesSince(folder, Date.now() - 60_000).map(({ path, mode }) => [path, mode])
      expect(new Map(found as [string, number][])).toEqual(
        new Map([
          [join(folder, 'open'), 0o644],
          [join(folder, 'own'), 0o600],
        ]),
      )
      expect(filesSince(folder, Date.now() + 60_000)).toEqual([])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
