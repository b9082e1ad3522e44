import { createServer, type IncomingMessage } from 'node:http'
import { listening } from '../../virtual-android/adbd/daemon.ts'
import type { PhoneAct, PhoneActs } from './phone-acts.ts'

/** The side of the phone that its driver talks to, where a real one has WebDriverAgent. */
export interface PhoneServer {
  readonly url: string
  close(): Promise<void>
}

/** Listens on a free port of the loopback. A path is an act, its body what it is asked with, both in JSON. */
export const startPhoneServer = async (acts: PhoneActs): Promise<PhoneServer> => {
  const server = createServer((request, response) => {
    void answer(acts, request).then(
      (told) => {
        response.writeHead('value' in told ? 200 : 400, { 'content-type': 'application/json' })
        response.end(JSON.stringify(told))
      },
      () => response.destroy(),
    )
  })
  await listening(server, 0)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const answer = async (
  acts: PhoneActs,
  request: IncomingMessage,
): Promise<{ readonly value: unknown } | { readonly error: string }> => {
  const name = (request.url ?? '').slice(1)
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  if (!(name in acts)) return { error: `the phone has no '${name}'` }
  const { asked, doing } = acts[name as PhoneAct] as {
    readonly asked: { parse(given: unknown): unknown }
    readonly doing: (asked: unknown) => unknown
  }
  try {
    const given: unknown = JSON.parse(Buffer.concat(pieces).toString() || 'null')
    return { value: (await doing(asked.parse(given))) ?? null }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
