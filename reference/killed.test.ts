import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskPorts, openOnDisk } from './killed-vault.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-killed-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const bytes = (text: string) => new TextEncoder().encode(text)
const setUp = { op: 'setUp', pin: '1111' }
const put = { op: 'put', name: 'a', value: 'old' }

/** Runs the calls in a process that is killed before the n-th effect of the last one. Whether it came to that. */
async function killedAt(directory: string, effect: number, calls: readonly object[]): Promise<boolean> {
  const given = [join(import.meta.dirname, 'killed-vault.ts'), directory, String(effect), JSON.stringify(calls)]
  const child = spawn(process.execPath, given, { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code, signal] = await once(child, 'exit')
  if (signal === null && code !== 0) throw new Error(`the vault's process ended with ${code}`)
  return signal === 'SIGKILL'
}
/** What is there after a kill: which PINs open, and the entry. */
async function seen(directory: string) {
  const opens: string[] = []
  let entry = ''
  for (const pin of ['1111', '2222']) {
    const vault = openOnDisk(diskPorts(directory, () => {}))
    const answer = await vault.invoke({ op: 'unlock', pin: bytes(pin) })
    if (answer.is === 'fail') expect(answer.failure.code).toBe('wrong-pin')
    if (answer.is !== 'ok') continue
    opens.push(pin)
    const read = await vault.invoke({ op: 'get', name: 'a' })
    if (read.is === 'ok' && read.value instanceof Uint8Array) entry = Buffer.from(read.value).toString()
  }
  return { opens, entry, files: readdirSync(join(directory, 'vault')).length }
}
/** Kills the last call at each of its effects, several at a time. */
async function killedEverywhere(calls: readonly object[]) {
  const found = new Set<string>()
  for (let from = 0; ; from += 4) {
    const ended = await Promise.all(
      [0, 1, 2, 3].map(async (step) => {
        const directory = join(root, String(from + step))
        const killed = await killedAt(directory, from + step, calls)
        const { opens, entry, files } = await seen(directory)
        expect([from + step, files]).toEqual([from + step, 3])
        found.add(`${opens.join()} ${entry}`)
        return !killed
      }),
    )
    if (ended.includes(true)) return found
  }
}

test.runIf(process.platform !== 'win32')(
  'a put killed at each effect on a real disk is old or new',
  async () => {
    const found = await killedEverywhere([setUp, put, { ...put, value: 'new' }])
    expect([...found].sort()).toEqual(['1111 new', '1111 old'])
  },
  60_000,
)

test.runIf(process.platform !== 'win32')(
  'a change of PIN killed there leaves one PIN that opens',
  async () => {
    const found = await killedEverywhere([setUp, put, { op: 'changePin', pin: '1111', next: '2222' }])
    expect([...found].sort()).toEqual(['1111 old', '2222 old'])
  },
  60_000,
)
