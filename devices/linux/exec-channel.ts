import { constants } from 'node:os'
import type { Duplex } from 'node:stream'
import { z } from 'zod'
import type { Channel } from '../../harness/contract/device.ts'
import { demultiplexer } from './demultiplex.ts'
import { errorLog } from './error-log.ts'
import { lineQueue } from './line-queue.ts'
import type { Machine } from './machine.ts'
import { projectMount } from './machine.ts'

const limits = { line: 16 * 1024 * 1024, queued: 8 * 1024 * 1024 }
const streamOutlivesMachineMs = 1000

/** Says its process id first, so that it can be killed from inside, and then becomes the command. */
const announcing = ['sh', '-c', 'echo $$; exec "$@"', 'holdfast'] as const

/** A status as a process's parent sees it: 128 and more is a signal's name. */
export const endedAs = (code: number | null): string => {
  if (code === null) return 'lost'
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - 128)
  return signal?.[0] ?? String(code)
}

/**
 * Runs a command inside, as an unprivileged user with the session bus in its environment, in /holdfast. While nobody
 * takes its lines it is held up once 8 MiB wait.
 */
export const execChannel = async (
  machine: Machine,
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Channel> => {
  const agent = machine.agent()
  const exec = await machine.container().exec({
    Cmd: [...announcing, ...command],
    Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    WorkingDir: projectMount,
  })
  const stream = (await exec.start({ hijack: true, stdin: true })) as Duplex
  const errors = errorLog()
  const queue = lineQueue(
    limits,
    () => stream.resume(),
    (bytes) => errors.push(Buffer.from(`[holdfast: a line was cut by ${bytes} bytes]\n`)),
  )
  let over = false
  const closed = new Promise<void>((resolve) => {
    const close = () => {
      over = true
      queue.end()
      stream.destroy()
      resolve()
    }
    stream.on('end', close)
    stream.on('close', close)
    stream.on('error', close)
    // Neither an unread flood nor an engine that keeps the stream open may outlive the machine.
    void agent.closed.then(() => {
      if (queue.full()) queue.discard()
      setTimeout(() => stream.destroy(), streamOutlivesMachineMs).unref()
    })
  })
  stream.on(
    'data',
    demultiplexer((from, piece) => (from === 'stdout' ? queue.push(piece) : errors.push(piece))),
  )
  stream.on('data', () => queue.full() && stream.pause())

  const status = async (): Promise<string> => {
    await closed
    try {
      for (let look = 0; look < 200; look++) {
        const { Running, ExitCode } = await exec.inspect()
        if (!Running) return endedAs(ExitCode)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    } catch {
      // The engine forgets what ran in a machine that was stopped.
    }
    return endedAs(null)
  }
  const ended = status()
  const first = await queue.lines[Symbol.asyncIterator]().next()
  const leader = z.coerce.number().int().positive().safeParse(first.value)
  if (!leader.success) {
    throw new Error(`'${command.join(' ')}' did not start in the container: ${await ended} ${errors.take()}`)
  }
  const kill = async () => {
    queue.discard()
    if (!over) await agent.ask({ do: 'kill', leader: leader.data }, z.number()).catch(() => agent.closed)
    await ended
  }
  return {
    send: (line) => {
      if (over) throw new Error(`'${command.join(' ')}' has ended in the container: nothing can be sent to it`)
      stream.write(`${line}\n`)
    },
    lines: queue.lines,
    takeErrors: errors.take,
    pid: leader.data,
    kill,
    ended,
    [Symbol.asyncDispose]: kill,
  }
}
