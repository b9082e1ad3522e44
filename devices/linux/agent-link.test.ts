import { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { AgentError, agentLink } from './agent-link.ts'

const frame = (text: string, stream = 1): Buffer => {
  const header = Buffer.alloc(8)
  header[0] = stream
  header.writeUInt32BE(Buffer.byteLength(text), 4)
  return Buffer.concat([header, Buffer.from(text)])
}
/** An agent that answers each question by a function of it; null is silence. */
const agent = (answer: (question: { id: number; do: string }) => string | null, deadlineMs = 5000) => {
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      const said = answer(JSON.parse(chunk.toString()))
      if (said !== null) this.push(frame(`${said}\n`))
      done()
    },
  })
  return { stream, link: agentLink(stream, deadlineMs) }
}

test('answers are matched by number', async () => {
  const { link } = agent(({ id, do: what }) => JSON.stringify({ id, ok: what }))
  const asked = ['a', 'b', 'c'].map((what) => link.ask({ do: what }, z.string()))
  expect(await Promise.all(asked)).toEqual(['a', 'b', 'c'])
})

test('what the agent could not do is told with its reason', async () => {
  const { link } = agent(({ id }) => JSON.stringify({ id, error: 'the keyring stays locked' }))
  await expect(link.ask({ do: 'unlock' }, z.null())).rejects.toThrow(
    "The agent in the machine could not do 'unlock': the keyring stays locked",
  )
})

test('an answer of another shape is refused', async () => {
  const { link } = agent(({ id }) => JSON.stringify({ id, ok: 'yes' }))
  await expect(link.ask({ do: 'state' }, z.boolean())).rejects.toBeInstanceOf(AgentError)
})

test('when it dies, whoever waits is told its last words, and so is whoever asks later', async () => {
  const { stream, link } = agent(() => null)
  const waiting = link.ask({ do: 'lock' }, z.null())
  stream.push(frame('Traceback: no bus\n', 2))
  stream.push(null)
  await expect(waiting).rejects.toThrow('Traceback: no bus')
  await link.closed
  expect(link.isClosed()).toBe(true)
  await expect(link.ask({ do: 'lock' }, z.null())).rejects.toThrow('the agent is gone')
})

test('garbage ends the link', async () => {
  const { link } = agent(() => 'not json')
  await expect(link.ask({ do: 'lock' }, z.null())).rejects.toBeInstanceOf(AgentError)
  await link.closed
})

test('silence ends at the deadline', async () => {
  const { link } = agent(() => null, 1)
  await expect(link.ask({ do: 'lock' }, z.null())).rejects.toThrow('no answer within 1 ms')
})
