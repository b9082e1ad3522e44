import type { Duplex } from 'node:stream'
import { z } from 'zod'
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

/** Speaks JSON lines with the agent over the attached streams of the container's first process. */
export const agentLink = (stream: Duplex, deadlineMs: number): AgentLink => {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let next = 1
  let errors = ''
  let gone: string | null = null
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
  const closed = new Promise<void>((resolve) => {
    const close = (why: string) => {
      gone ??= `the agent is gone (${why})${errors === '' ? '' : `: ${errors.trim()}`}`
      for (const { reject } of waiting.values()) reject(new AgentError(gone))
      waiting.clear()
      queue.end()
      resolve()
    }
    stream.on('error', (error) => close(error.message))
    stream.on('end', () => close('its output ended'))
    stream.on('close', () => close('its stream closed'))
  })
  const settle = (line: string) => {
    const answer = answerSchema.parse(JSON.parse(line))
    const waiter = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) waiter?.reject(new AgentError(answer.error))
    else waiter?.resolve(answer.ok)
  }
  const read = async () => {
    for await (const line of queue.lines) settle(line)
  }
  read().catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))))

  const ask = async <T>(question: Question, answer: z.ZodType<T>): Promise<T> => {
    if (gone !== null) throw new AgentError(`${question.do}: ${gone}`)
    const id = next++
    let timer: NodeJS.Timeout | undefined
    const settled = new Promise<unknown>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      timer = setTimeout(() => reject(new AgentError(`no answer within ${deadlineMs} ms`)), deadlineMs)
    })
    stream.write(`${JSON.stringify({ ...question, id })}\n`)
    try {
      return answer.parse(await settled)
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new AgentError(`The agent in the container could not do '${question.do}': ${why}`, { cause })
    } finally {
      clearTimeout(timer)
      waiting.delete(id)
    }
  }
  return { ask, closed, isClosed: () => gone !== null }
}
