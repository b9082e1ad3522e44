import { spawn } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { type PrivateSession, privateSession, privateSessionLacks } from '../devices/host/private-session.ts'
import { encodeNotice, type Notice, signedBytes } from '../reference/formats/notice.ts'
import { blocksOf, readPage, root } from './pages.ts'

const page = readPage('docs/reference-vault.md')
const example = blocksOf(page).find(({ info }) => info === 'ts example')?.text ?? ''
const bank = blocksOf(page).find(({ info }) => info === 'ts example bank')?.text ?? ''
const lacks = privateSessionLacks()
if (lacks !== null) console.warn(`SKIPPED: the example of docs/reference-vault.md was not run: ${lacks}.`)

test('the example has ten lines beside its imports, and is the file that is type-checked', () => {
  const lines = example.split('\n').filter((line) => line !== '' && !line.startsWith('import '))
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.length).toBeLessThanOrEqual(10)
  expect(example.trim()).toBe(readPage('fixtures/examples/reference-app.ts').trim())
})

test('the example of a database is the file that is type-checked', () => {
  expect(bank.trim()).toBe(readPage('fixtures/examples/bank-app.ts').trim())
})

test('the package leads `holdfast/reference` to this entry', () => {
  const { exports } = JSON.parse(readPage('package.json')) as { exports: Record<string, Record<string, string>> }
  const { compilerOptions, include } = JSON.parse(readPage('tsconfig.build.json')) as {
    compilerOptions: { outDir: string; rootDir: string }
    include: string[]
  }
  expect(compilerOptions).toMatchObject({ outDir: 'dist', rootDir: '.' })
  expect(include).toContain('reference')
  expect(exports['./reference']).toEqual({
    types: './dist/reference/index.d.ts',
    default: './dist/reference/index.js',
  })
})

/** Another app, which does what the example does not. */
const slots = `
import { kdfFloor, openDesktopVault, Refusal } from 'holdfast/reference'
const said: unknown[] = []
const tried = async (work: Promise<unknown>) => said.push(await work.catch((error) => error instanceof Refusal && error.failure))
const [old, next] = [Buffer.from('1234'), Buffer.from('56789')]
const directory = process.env.HOME + '/slots'
await using vault = openDesktopVault({ app: 'com.example.slots', directory, opens: 'keyring', kdf: kdfFloor })
await vault.setUp()
await vault.put('a', Buffer.from('b'))
await vault.addSlot('keyring-pin', old)
await vault.removeSlot('keyring')
await vault.changePin(old, next)
await vault.lock()
for (const pin of [undefined, old, next]) await tried(vault.unlock(pin))
said.push(await vault.slots(), Buffer.from((await vault.get('a')) ?? []).toString(), await vault.get('c'))
await vault.delete('a')
said.push(await vault.list(), await vault.availability())
await vault.reset()
said.push(await vault.state())
console.log(JSON.stringify(said))
`

/** An app that has Holdfast installed, with the reference as it stands in this checkout. */
function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-app-'))
  const installed = join(folder, 'node_modules', 'holdfast')
  mkdirSync(installed, { recursive: true })
  symlinkSync(join(root, 'reference'), join(installed, 'reference'))
  const exports = { './reference': './reference/index.ts' }
  writeFileSync(join(installed, 'package.json'), JSON.stringify({ name: 'holdfast', type: 'module', exports }))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  writeFileSync(join(folder, 'app.ts'), example)
  writeFileSync(join(folder, 'slots.ts'), slots)
  writeFileSync(join(folder, 'bank.ts'), bank)
  return folder
}

describe.skipIf(lacks !== null)('the example', () => {
  let session: PrivateSession
  let folder: string
  beforeAll(async () => {
    folder = project()
    session = await privateSession()
  }, 30_000)
  afterAll(async () => {
    await session?.[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  const run = (pin: string, app = 'app.ts', more: readonly string[] = [], variables: Record<string, string> = {}) =>
    new Promise<{ exit: number | null; output: string; errors: string }>((resolve, reject) => {
      const child = spawn(process.execPath, [join(folder, app), ...more], {
        cwd: folder,
        env: { ...process.env, ...session.environment, ...variables },
        timeout: 60_000,
        killSignal: 'SIGKILL',
      })
      let output = ''
      let errors = ''
      child.stdout.setEncoding('utf8').on('data', (text) => {
        output += text
      })
      child.stderr.setEncoding('utf8').on('data', (text) => {
        errors += text
      })
      child.on('error', reject)
      child.on('close', (exit) => resolve({ exit, output, errors }))
      child.stdin.on('error', () => undefined)
      child.stdin.end(pin)
    })
  const vaultFolder = () => join(session.environment.HOME ?? '', '.notes-vault')
  const entryFiles = () => readdirSync(vaultFolder()).filter((name) => name.startsWith('entry-'))

  it('sets up, opens again, and refuses another PIN', { timeout: 120_000 }, async () => {
    expect(await run('493817')).toMatchObject({ exit: 0, output: "The vault holds: [ 'token' ]\n" })
    const first = entryFiles()
    expect(first).toHaveLength(1)
    expect(await run('493817')).toMatchObject({ exit: 0, output: "The vault holds: [ 'token' ]\n" })
    const wrong = await run('493818')
    expect(wrong.exit).toBe(1)
    expect(wrong.errors).toContain('wrong-pin')
    expect(wrong.output).toBe('')
    // The second start found what the first one kept.
    expect(entryFiles()).toEqual(first)
  })
  it('has beside it all that the vault can do', { timeout: 120_000 }, async () => {
    const { exit, output, errors } = await run('', 'slots.ts')
    expect({ exit, errors }).toEqual({ exit: 0, errors: '' })
    expect(JSON.parse(output)).toEqual([
      { code: 'invalid-argument', reason: 'a PIN is needed' },
      { code: 'wrong-pin', remaining: 9, limit: 10 },
      null,
      ['keyring-pin'],
      'b',
      null,
      [],
      'available',
      'not-set-up',
    ])
  })
  it('has a database and a log beside it, and heeds a notice of the publisher', { timeout: 120_000 }, async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const PUBLISHER = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
    const notice: Notice = { app: 'com.example.bank', serial: 1, minimum: 8, message: 'Get build 8.' }
    const file = join(folder, 'notice')
    writeFileSync(file, encodeNotice(notice, sign(null, signedBytes(notice), privateKey)))
    const output = 'account/a\naccount/b\nThe log is intact\n'
    expect(await run('', 'bank.ts', [], { PUBLISHER })).toEqual({ exit: 0, output, errors: '' })
    const told = await run('', 'bank.ts', [file], { PUBLISHER })
    expect(told).toMatchObject({ exit: 1, output })
    expect(told.errors).toContain('Get build 8.')
    const later = await run('', 'bank.ts', [], { PUBLISHER })
    expect(later).toMatchObject({ exit: 1, output: '' })
    expect(later.errors).toContain('outdated')
  })
  it('leaves the files that the page names, and no name or PIN in them', () => {
    const names = readdirSync(vaultFolder())
    for (const name of names) {
      expect(page).toContain(`\`${name.replace(/-[0-9a-f]{64}/, '-HASH').replace(/\.\d+$/, '.N')}\``)
      const bytes = readFileSync(join(vaultFolder(), name))
      for (const secret of ['token', '493817']) expect(bytes.includes(secret)).toBe(false)
    }
    expect(names).toContain('header')
  })
})
