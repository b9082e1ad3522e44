import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createOwnRun, startOf } from './own-run.ts'

let parent = ''
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'own-run-test-'))
})
afterEach(() => rm(parent, { recursive: true, force: true }))

const gone = (pid: number) => expect.poll(() => startOf(pid), { timeout: 10_000 }).toBeNull()
/** A program that starts another and tells both process ids. */
const family = ['-c', 'sleep 1000 & echo "$$ $!"; wait'] as const
const pidsOf = (words: string) => words.trim().split(' ').map(Number)

// Process groups and the way in which a shell waits for them are those of Unix.
describe.skipIf(process.platform !== 'linux')('a run of our own', () => {
  test('ends its programs with all that they started, and leaves no folder', async () => {
    const run = await createOwnRun(parent)
    const words = await new Promise<string>((resolve) => run.start('sh', family, process.env, resolve))
    await run[Symbol.asyncDispose]()
    for (const pid of pidsOf(words)) await gone(pid)
    expect(existsSync(run.folder)).toBe(false)
  })

  test('ends what a program of it left to itself', async () => {
    const run = await createOwnRun(parent)
    const env = { ...process.env, HOME: run.folder }
    const script = 'setsid sleep 1000 >/dev/null 2>&1 & echo "$! $!"'
    const words = await new Promise<string>((resolve) => run.start('sh', ['-c', script], env, resolve))
    const [pid = 0] = pidsOf(words)
    await run[Symbol.asyncDispose]()
    await gone(pid)
  })

  test('a process that is killed leaves no programs', async () => {
    const code = `import { createOwnRun } from ${JSON.stringify(new URL('./own-run.ts', import.meta.url).href)}
const run = await createOwnRun(${JSON.stringify(parent)})
run.start('sh', ${JSON.stringify(family)}, process.env, (words) => process.stdout.write(words))`
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [words] = (await once(child.stdout, 'data')) as [Buffer]
    child.kill('SIGKILL')
    for (const pid of pidsOf(words.toString())) await gone(pid)
  })

  test('sweeps what killed runs left, and nothing of those that live', async () => {
    const left = join(parent, 'holdfast-phone-999999999-x')
    const alive = join(parent, `holdfast-phone-${process.pid}-x`)
    await mkdir(left)
    await mkdir(alive)
    const program = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' })
    const other = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' })
    await Promise.all([once(program, 'spawn'), once(other, 'spawn')])
    // The second one's process id was given to somebody else since.
    const since = startOf(program.pid ?? 0)
    await writeFile(join(left, 'programs'), `${program.pid} ${since}\n${other.pid} 1\n`)
    const ended = once(program, 'exit')
    const run = await createOwnRun(parent)
    await ended
    expect([existsSync(left), existsSync(alive), other.exitCode]).toEqual([false, true, null])
    other.kill('SIGKILL')
    await run[Symbol.asyncDispose]()
  })
})
