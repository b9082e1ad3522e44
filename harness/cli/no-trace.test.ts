import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { executable } from '../../devices/appium/executable.ts'

const project = resolve(import.meta.dirname, '..', '..')
const there = ['adb', 'chromium', 'chromedriver'].every((name) => executable([name]) !== null)
const lookMs = 10
/** Who outlives a run that was killed needs some seconds to clean up after it. */
const goneMs = 30_000

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'no-trace-test-'))
  mkdirSync(join(folder, 'tmp'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Processes that have the folder in their environment: all that the run started, and what those started. */
const ours = (): readonly number[] =>
  readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return []
    try {
      return readFileSync(`/proc/${name}/environ`, 'latin1').includes(folder) ? [Number(name)] : []
    } catch {
      return []
    }
  })

/** Sockets that listen on this machine, each by its inode, with its address. */
const listening = (): ReadonlyMap<string, string> =>
  new Map(
    readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
        return state === '0A' ? [[inode, local] as const] : []
      }),
  )
const socketsOf = (pid: number): readonly string[] => {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
      } catch {
        return []
      }
    })
  } catch {
    return []
  }
}
/** The real command, judging the reference on a virtual phone. */
const started = (device: string, module: string): ChildProcess =>
  spawn(
    process.execPath,
    [
      ...[join(project, 'bin', 'holdfast.mjs'), 'run', '--vault', `webview:${module}`, '--device', device],
      ...['--programs', '200', '--out', join(folder, 'out')],
    ],
    { cwd: project, stdio: 'ignore', env: { ...process.env, TMPDIR: join(folder, 'tmp'), HOLDFAST_TEST: folder } },
  )

/** Waits until the run has started so many processes, each counted once. Gives the sockets that they listened on. */
const untilStarted = async (child: ChildProcess, many: number): Promise<readonly string[]> => {
  const seen = new Set<number>()
  const sockets = new Set<string>()
  while (seen.size < many) {
    if (child.exitCode !== null) throw new Error(`the run ended with ${child.exitCode} before it was interrupted`)
    const [now, open] = [ours(), listening()]
    for (const pid of now) seen.add(pid)
    for (const socket of now.flatMap(socketsOf)) if (open.has(socket)) sockets.add(socket)
    await sleep(lookMs)
  }
  return [...sockets]
}

// The moment is random, and told where the test fails. A phone takes some ten processes to start and each command one more.
const moment = (from: number, to: number) => from + Math.floor(Math.random() * (to - from))
const android = ['appium-virtual-android', './reference/phone/android-module.ts'] as const
const ios = ['appium-virtual-ios', './reference/phone/ios-module.ts'] as const

// Skipped, visibly, where adb, Chromium or chromedriver is not there.
describe.skipIf(!there || process.platform !== 'linux')('a run on a virtual phone leaves no trace', () => {
  test.each([
    ['interrupted while a phone starts', android, 'SIGINT', moment(2, 12)],
    ['interrupted among its programs', android, 'SIGINT', moment(40, 160)],
    ['killed on an iPhone', ios, 'SIGKILL', moment(3, 14)],
  ] as const)('%s', { timeout: 240_000 }, async (_, [device, module], signal, many) => {
    const child = started(device, module)
    const ended = once(child, 'exit')
    const sockets = await untilStarted(child, many)
    child.kill(signal)
    const [status, by] = await ended
    const at = `at process ${many}`
    expect(signal === 'SIGINT' ? status : by, at).toBe(signal === 'SIGINT' ? 130 : 'SIGKILL')
    await expect.poll(ours, { timeout: goneMs, interval: 100, message: at }).toEqual([])
    await expect.poll(() => readdirSync(join(folder, 'tmp')), { timeout: goneMs, message: at }).toEqual([])
    const open = listening()
    expect(
      sockets.flatMap((socket) => open.get(socket) ?? []),
      at,
    ).toEqual([])
  })
})
