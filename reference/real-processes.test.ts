import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskPorts, fromJson, openOnDisk } from './killed-vault.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-processes-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const times = 12
const names = (who: string) => Array.from({ length: times }, (_, n) => `${who}${n}`)
/** Entries of its own, and after each one that both write. */
const calls = (who: string) =>
  names(who).flatMap((name) => [
    { op: 'put', name, value: name },
    { op: 'put', name: 'shared', value: name },
  ])

const script = `
  import { once } from 'node:events'
  import { diskPorts, fromJson, openOnDisk } from ${JSON.stringify(new URL('./killed-vault.ts', import.meta.url).href)}
  const [, directory, calls] = process.argv
  const vault = openOnDisk(diskPorts(directory, () => {}), 'keyring')
  const perform = async (call) => {
    const answer = await vault.invoke(fromJson(call))
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
  }
  await perform({ op: 'unlock' })
  console.log('open')
  await once(process.stdin, 'data')
  for (const call of JSON.parse(calls)) await perform(call)
  process.stdin.destroy()
`
/** A process that has opened the vault. It fails unless every call is answered with ok. */
async function opened(who: string) {
  const given = ['--input-type=module', '-e', script, root, JSON.stringify(calls(who))]
  const child = spawn(process.execPath, given, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit').then(([code]) => code as unknown)
  await Promise.race([once(child.stdout, 'data'), ended])
  return { write: () => child.stdin.write('go'), ended }
}

test('two processes on a real disk lose nothing of each other', { timeout: 60_000 }, async () => {
  const open = () =>
    openOnDisk(
      diskPorts(root, () => {}),
      'keyring',
    )
  expect(await open().invoke({ op: 'setUp' })).toMatchObject({ is: 'ok' })
  const both = await Promise.all([opened('a'), opened('b')])
  for (const { write } of both) write()
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0])
  const last = open()
  expect(await last.invoke({ op: 'unlock' })).toMatchObject({ is: 'ok' })
  const read = async (name: string) => {
    const answer = await last.invoke(fromJson({ op: 'get', name }))
    return answer.is === 'ok' && answer.value instanceof Uint8Array ? Buffer.from(answer.value).toString() : answer
  }
  for (const name of [...names('a'), ...names('b')]) expect(await read(name)).toBe(name)
  expect([`a${times - 1}`, `b${times - 1}`]).toContain(await read('shared'))
  expect(await last.invoke({ op: 'list' })).toMatchObject({ value: { length: 2 * times + 1 } })
  expect(readdirSync(join(root, 'vault')).length).toBe(2 + 2 * times + 1)
})
