import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { VaultCall } from '../harness/contract/operations.ts'
import { diskPorts, fromJson, type Initial, openOnDisk } from './killed-vault.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-killed-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

type Call = { readonly op: VaultCall['op'] } & Readonly<Record<string, string>>
const setUp: Call = { op: 'setUp' }
const setUpPin: Call = { op: 'setUp', pin: '1111' }
const unlock: Call = { op: 'unlock' }
const unlockPin: Call = { op: 'unlock', pin: '1111' }
const put: Call = { op: 'put', name: 'a', value: 'old' }
const addPin: Call = { op: 'addSlot', method: 'keyring-pin', pin: '1111' }

/** The vault of a folder, opened in this process: answers are a code, `ok`, or what was returned. */
function reopened(directory: string, initial: Initial = 'keyring') {
  const vault = openOnDisk(
    diskPorts(directory, () => {}),
    initial,
  )
  return async (call: Call): Promise<string> => {
    const answer = await vault.invoke(fromJson(call))
    if (answer.is !== 'ok') return answer.is === 'fail' ? answer.failure.code : 'native'
    return answer.value instanceof Uint8Array ? Buffer.from(answer.value).toString() : String(answer.value ?? 'ok')
  }
}
const vaultFiles = (directory: string): string[] => {
  const at = join(directory, 'vault')
  return existsSync(at) ? readdirSync(at) : []
}
const keyringItems = (directory: string) => existsSync(join(directory, 'keyring', 'item'))
/** What is not the owner's alone. */
const readable = (directory: string) =>
  vaultFiles(directory).filter((file) => (statSync(join(directory, 'vault', file)).mode & 0o777) !== 0o600)

interface Killed {
  readonly initial?: Initial
  /** What a first process did; its folder is copied for each kill. */
  readonly before: readonly Call[]
  /** How the process that is killed opens the vault. */
  readonly opens?: Call
  readonly last: Call
  /** Looks at a folder after a kill: which state it is in. */
  readonly seen: (directory: string) => Promise<string>
}

/** Runs the calls in a process that is killed before the n-th effect of the last one. Whether it came to that. */
async function killedAt(directory: string, effect: number, { initial = 'keyring', opens, last }: Killed) {
  const calls = JSON.stringify(opens === undefined ? [last] : [opens, last])
  const given = [join(import.meta.dirname, 'killed-vault.ts'), directory, String(effect), initial, calls]
  const child = spawn(process.execPath, given, { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code, signal] = await once(child, 'exit')
  if (signal === null && code !== 0) throw new Error(`the vault's process ended with ${code}`)
  return signal === 'SIGKILL'
}

/** Kills the last call at each of its effects, several at a time. All states that were seen afterwards. */
async function killedEverywhere(killed: Killed): Promise<readonly string[]> {
  const prepared = join(root, 'prepared')
  mkdirSync(prepared)
  const first = reopened(prepared, killed.initial)
  for (const call of killed.before) expect([call.op, await first(call)]).toEqual([call.op, 'ok'])
  const found = new Set<string>()
  for (let from = 0; ; from += 4) {
    const ended = await Promise.all(
      [from, from + 1, from + 2, from + 3].map(async (effect) => {
        const directory = join(root, String(effect))
        cpSync(prepared, directory, { recursive: true })
        const wasKilled = await killedAt(directory, effect, killed)
        expect([effect, readable(directory)]).toEqual([effect, []])
        const state = await killed.seen(directory)
        expect([effect, readable(directory)]).toEqual([effect, []])
        found.add(state)
        return !wasKilled
      }),
    )
    if (ended.includes(true)) return [...found].sort()
  }
}

const filled = [setUp, put, { ...put, name: 'other', value: 'kept' }]
/** One header, one manifest, and a file for each entry. */
const noLeftOvers = (directory: string, entries: number) =>
  expect(vaultFiles(directory).map((file) => file.replace(/[.-].*/, ''))).toEqual([
    ...Array.from({ length: entries }, () => 'entry'),
    'header',
    'manifest',
  ])

const onPosix = test.runIf(process.platform !== 'win32')

onPosix('a put killed at each effect on a real disk is old or new', { timeout: 180_000 }, async () => {
  const last = { ...put, value: 'new' }
  const seen = async (directory: string) => {
    const ask = reopened(directory)
    expect(await ask(unlock)).toBe('ok')
    expect(await ask({ op: 'get', name: 'other' })).toBe('kept')
    noLeftOvers(directory, 2)
    return ask({ op: 'get', name: 'a' })
  }
  expect(await killedEverywhere({ before: filled, opens: unlock, last, seen })).toEqual(['new', 'old'])
})

onPosix('a deletion killed there leaves the entry or none', { timeout: 180_000 }, async () => {
  const seen = async (directory: string) => {
    const ask = reopened(directory)
    expect(await ask(unlock)).toBe('ok')
    const names = await ask({ op: 'list' })
    noLeftOvers(directory, names === 'other' ? 1 : 2)
    expect(await ask({ op: 'get', name: 'other' })).toBe('kept')
    return `${names}: ${await ask({ op: 'get', name: 'a' })}`
  }
  const last = { op: 'delete', name: 'a' } as const
  expect(await killedEverywhere({ before: filled, opens: unlock, last, seen })).toEqual([
    'a,other: old',
    'other: not-found',
  ])
})

onPosix(
  'a set-up killed there leaves a vault that the PIN opens, or none in the way',
  { timeout: 180_000 },
  async () => {
    const seen = async (directory: string) => {
      const ask = reopened(directory, 'keyring-pin')
      const state = await ask({ op: 'state' })
      expect(await ask(state === 'locked' ? unlockPin : setUpPin)).toBe('ok')
      noLeftOvers(directory, 0)
      expect(statSync(join(directory, 'vault')).mode & 0o777).toBe(0o700)
      expect(await ask(put)).toBe('ok')
      expect(await ask({ op: 'get', name: 'a' })).toBe('old')
      return state
    }
    expect(await killedEverywhere({ initial: 'keyring-pin', before: [], last: setUpPin, seen })).toEqual([
      'locked',
      'not-set-up',
    ])
  },
)

onPosix('a reset killed there leaves the vault whole, or none in the way', { timeout: 180_000 }, async () => {
  const seen = async (directory: string) => {
    const ask = reopened(directory)
    const state = await ask({ op: 'state' })
    if (state === 'locked') {
      expect(await ask(unlock)).toBe('ok')
      expect(await ask({ op: 'get', name: 'a' })).toBe('old')
      noLeftOvers(directory, 2)
    }
    expect(await ask({ op: 'reset' })).toBe('ok')
    expect([vaultFiles(directory), keyringItems(directory)]).toEqual([[], false])
    expect(await ask(setUp)).toBe('ok')
    expect(await ask({ op: 'list' })).toBe('')
    return state
  }
  expect(await killedEverywhere({ before: filled, opens: unlock, last: { op: 'reset' }, seen })).toEqual([
    'locked',
    'not-set-up',
  ])
})

/** Which ways open the vault, each in a process of its own, and that its entry is there. */
async function opening(directory: string, ways: readonly Call[]) {
  const opens: string[] = []
  for (const way of ways) {
    const ask = reopened(directory)
    const said = await ask(way)
    if (said === 'ok') {
      opens.push(way.pin ?? 'keyring')
      expect(await ask({ op: 'get', name: 'a' })).toBe('old')
    } else expect(['wrong-pin', 'invalid-argument']).toContain(said)
  }
  noLeftOvers(directory, 1)
  return opens.join()
}

onPosix('a change of PIN killed there leaves one PIN that opens', { timeout: 180_000 }, async () => {
  const seen = (directory: string) => opening(directory, [unlockPin, { op: 'unlock', pin: '2222' }])
  const before = [setUpPin, put]
  const last = { op: 'changePin', pin: '1111', next: '2222' } as const
  expect(await killedEverywhere({ initial: 'keyring-pin', before, opens: unlockPin, last, seen })).toEqual([
    '1111',
    '2222',
  ])
})

onPosix('a slot that is added while killed opens, or is not there', { timeout: 180_000 }, async () => {
  const seen = (directory: string) => opening(directory, [unlock, unlockPin])
  expect(await killedEverywhere({ before: [setUp, put], opens: unlock, last: addPin, seen })).toEqual([
    'keyring',
    'keyring,1111',
  ])
})

onPosix('a slot that is removed while killed opens no more, or is there still', { timeout: 180_000 }, async () => {
  const seen = (directory: string) => opening(directory, [unlock, unlockPin])
  const last = { op: 'removeSlot', method: 'keyring' } as const
  expect(await killedEverywhere({ before: [setUp, put, addPin], opens: unlock, last, seen })).toEqual([
    '1111',
    'keyring,1111',
  ])
})
