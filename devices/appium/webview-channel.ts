import type { Channel } from '../../harness/contract/device.ts'
import { type DrivenPhone, PageGone } from './driven-phone.ts'
import { lineQueue } from './line-queue.ts'

/** How long the page may wait for an answer in one command: others wait behind it. Milliseconds. */
const pageWaitMs = 25

/** What a line is answered by: the same id, or a hello. */
const idOf = (line: string): string => {
  const { id } = JSON.parse(line) as { readonly id?: number }
  return id === undefined ? 'hello' : String(id)
}

/**
 * Carries the protocol to the bridge in the app's page. Commands of a session come one after another, so nothing waits in
 * the page for a person: a call is fired, and its answer fetched by a later command.
 */
export const webviewChannel = async (
  phone: Pick<DrivenPhone, 'showApp' | 'killApp' | 'exchange'>,
): Promise<Channel> => {
  await phone.showApp()
  const lines = lineQueue()
  const over = Promise.withResolvers<string>()
  const unanswered = new Set<string>()
  let outgoing: string[] = []
  let gone = false
  let fetching = false

  const end = (how: string, error?: Error) => {
    if (gone) return
    gone = true
    lines.end(error)
    over.resolve(how)
  }
  const fetchAnswers = async () => {
    if (fetching) return
    fetching = true
    try {
      while (!gone && (outgoing.length > 0 || unanswered.size > 0)) {
        const sent = outgoing
        outgoing = []
        for (const line of await phone.exchange(sent, pageWaitMs)) {
          unanswered.delete(idOf(line))
          if (!gone) lines.push(line)
        }
      }
    } catch (error) {
      if (error instanceof PageGone) end('the page is gone')
      else end('failed', error instanceof Error ? error : new Error(String(error)))
    } finally {
      fetching = false
    }
  }
  const kill = async () => {
    if (gone) return
    end('killed')
    await phone.killApp()
  }
  return {
    send(line) {
      if (gone) throw new Error('the app is gone')
      outgoing.push(line)
      unanswered.add(idOf(line))
      void fetchAnswers()
    },
    lines,
    takeErrors: () => '',
    kill,
    ended: over.promise,
    [Symbol.asyncDispose]: kill,
  }
}
