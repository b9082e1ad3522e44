import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { setTimeout as after } from 'node:timers/promises'
import type { Channel } from '../../harness/contract/device.ts'
import { executable } from './executable.ts'
import { linesOf } from './lines.ts'

export interface ChildOptions {
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Its working directory. Default: ours. */
  readonly directory?: string
  /** Longest line of standard output, in characters; a longer one ends the process. */
  readonly longestLine?: number
  /** How much of standard error is kept between two looks, in bytes; the oldest goes first. */
  readonly keptErrors?: number
  /** How much may wait for a process that does not read, in bytes. */
  readonly mostUnread?: number
}
const defaults = { longestLine: 16_777_216, keptErrors: 4_194_304, mostUnread: 67_108_864 } as const

/** Milliseconds that the errors of a process that is gone may still take to arrive. */
const lingerMs = 1_000
const isWindows = process.platform === 'win32'
const living = new Set<number>()
// The last word when we exit without having disposed of everything.
process.on('exit', () => {
  for (const pid of living) killGroup(pid)
})

/**
 * Starts a process of its own group and talks to it in lines. What it writes waits in the pipe until it is read, so a
 * process that floods its output only stops itself.
 * @throws Error where it cannot be started, with the command in its sentence.
 */
export async function openChildChannel(command: readonly string[], options: ChildOptions): Promise<Channel> {
  const { longestLine, keptErrors, mostUnread } = { ...defaults, ...options }
  const [program] = command
  if (program === undefined) throw new Error('There is no command to start the vault with.')
  const [starter = program, ...rest] = tied(command, options.environment.PATH)
  const child = spawn(starter, rest, {
    env: { ...options.environment },
    cwd: options.directory,
    detached: !isWindows,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  })
  try {
    await once(child, 'spawn')
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Error(`The vault's process '${program}' could not be started (${why}). Check the command.`)
  }
  const pid = child.pid ?? 0
  living.add(pid)
  const ended = endOf(child, child.stderr, pid)
  const errors = keepLast(child.stderr, keptErrors)
  let end: string | null = null
  void ended.then((how) => {
    end = how
  })
  // A process that is gone shows in `ended`; its pipe needs no second report.
  child.stdin.on('error', () => undefined)

  const kill = async () => {
    if (end === null) killGroup(pid)
    await ended
  }
  return {
    pid,
    send(line) {
      if (end !== null) throw new Error(`The vault's process has ended (${end}).`)
      if (child.stdin.writableLength > mostUnread)
        throw new Error(`The vault's process does not read: ${child.stdin.writableLength} bytes wait for it.`)
      child.stdin.write(`${line}\n`)
    },
    lines: linesOf(child.stdout, longestLine, () => killGroup(pid)),
    takeErrors: errors,
    kill,
    ended,
    async [Symbol.asyncDispose]() {
      await kill()
      child.stdin.destroy()
      child.stdout.destroy()
      child.stderr.destroy()
    },
  }
}

/**
 * Ties a process to our life where the system can: should we be killed, so is it. A command that cannot be found stays
 * as it is, so that starting it fails by its own name.
 */
function tied(command: readonly string[], path: string | undefined): readonly string[] {
  const [program = ''] = command
  const setpriv = process.platform === 'linux' ? executable('setpriv') : null
  const found = executable(program, path) !== null
  return setpriv === null || !found ? command : [setpriv, '--pdeathsig', 'KILL', '--', ...command]
}

/** Resolves when it is gone and its errors are read, and takes the rest of its group along. */
async function endOf(child: ChildProcess, errors: Readable, pid: number): Promise<string> {
  const read = once(errors, 'close').catch(() => undefined)
  const [status, signal] = await once(child, 'exit')
  killGroup(pid)
  living.delete(pid)
  // What left the group may hold the pipe open for ever.
  await Promise.race([read, after(lingerMs, undefined, { ref: false })])
  return String(signal ?? status)
}

function killGroup(pid: number): void {
  try {
    if (isWindows) spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true })
    else process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody of that group is left.
  }
}

/** Keeps the last bytes of a stream; each look takes them. */
function keepLast(stream: Readable, most: number): () => string {
  let chunks: Buffer[] = []
  let size = 0
  let dropped = 0
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    while (size > most) {
      const oldest = chunks.shift()
      if (oldest === undefined) break
      size -= oldest.length
      dropped += oldest.length
    }
  })
  stream.on('error', () => undefined)
  return () => {
    const text = Buffer.concat(chunks).toString('utf8')
    const note = dropped === 0 ? '' : `[${dropped} bytes dropped]\n`
    chunks = []
    size = 0
    dropped = 0
    return note + text
  }
}
