import type { Duplex } from 'node:stream'
import { z } from 'zod'
import type { Channel } from '../../harness/contract/device.ts'
import { demultiplexer } from './demultiplex.ts'
import { lineQueue } from './line-queue.ts'

/** The agent inside the container: one question at a time is answered in order, by number. */
export interface AgentLink {
  /** Asks it to do something. Throws AgentError when it could not, or does not answer. */
  ask<T>(question: Question, answer: z.ZodType<T>): Promise<T>
  /** Resolves when the agent is gone, and everything in the container with it. */
  readonly closed: Promise<void>
  isClosed(): boolean
}

/** What it is asked: the name of a method of agent.py, and its arguments. */
export type Question = { readonly do: string } & Readonly<Record<string, unknown>>

/** The agent could not do it: the fault of the environment, never of a vault. */
export class AgentError extends Error {
  override readonly name = 'AgentError'
}

const answerSchema = z.union([
  z.strictObject({ id: z.number().int(), ok: z.unknown() }),
  z.strictObject({ id: z.number().int(), error: z.string() }),
])
/** The agent's answers hold pieces of files; nothing of ours is longer. */
const limits = { line: 64 * 1024 * 1024, queued: 64 * 1024 * 1024 }

/** What an agent is reached by: a process of the machine, or its first one. */
export type AgentSpeech = Pick<Channel, 'send' | 'lines' | 'takeErrors' | 'ended'>

/** Speaks JSON lines with the agent over the attached streams of the container's first process. */
export const agentLink = (stream: Duplex, deadlineMs: number): AgentLink => {
  let errors = ''
  const queue = lineQueue(
    limits,
    () => {},
    () => {},
  )
  stream.on(
    'data',
    demultiplexer((from, piece) => {
      if (from === 'stdout') queue.push(piece)
      else errors = (errors + piece.toString('utf8')).slice(-4000)
    }),
  )
  const ended = new Promise<string>((resolve) => {
    stream.on('error', (error) => resolve(error.message))
    stream.on('end', () => resolve('its output ended'))
    stream.on('close', () => resolve('its stream closed'))
  })
  void ended.then(() => queue.end())
  const speech = {
    send: (line: string) => stream.write(`${line}\n`),
    lines: queue.lines,
    takeErrors: () => errors,
    ended,
  }
  return linkTo(speech, deadlineMs, (error) => stream.destroy(error))
}

/**
 * Speaks JSON lines with an agent, however it is reached.
 * @param deadlineMs milliseconds for one answer
 * @param abandon told what made its answers unreadable
 */
export const linkTo = (speech: AgentSpeech, deadlineMs: number, abandon: (error: Error) => void): AgentLink => {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let next = 1
  let gone: string | null = null
  const closed = speech.ended.then((why) => {
    const errors = speech.takeErrors().slice(-4000)
    gone = `the agent is gone (${why})${errors === '' ? '' : `: ${errors.trim()}`}`
    for (const { reject } of waiting.values()) reject(new AgentError(gone))
    waiting.clear()
  })
  const settle = (line: string) => {
    const answer = answerSchema.parse(JSON.parse(line))
    const waiter = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) waiter?.reject(new AgentError(answer.error))
    else waiter?.resolve(answer.ok)
  }
  const read = async () => {
    for await (const line of speech.lines) settle(line)
  }
  read().catch((error: unknown) => abandon(error instanceof Error ? error : new Error(String(error))))

  const ask = async <T>(question: Question, answer: z.ZodType<T>): Promise<T> => {
    if (gone !== null) throw new AgentError(`${question.do}: ${gone}`)
    const id = next++
    let timer: NodeJS.Timeout | undefined
    const settled = new Promise<unknown>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      timer = setTimeout(() => reject(new AgentError(`no answer within ${deadlineMs} ms`)), deadlineMs)
    })
    speech.send(JSON.stringify({ ...question, id }))
    try {
      return answer.parse(await settled)
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new AgentError(`The agent in the machine could not do '${question.do}': ${why}`, { cause })
    } finally {
      clearTimeout(timer)
      waiting.delete(id)
    }
  }
  return { ask, closed, isClosed: () => gone !== null }
}
