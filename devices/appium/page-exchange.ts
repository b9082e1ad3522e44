import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { PageGone } from './driven-phone.ts'
import type { DriverSession } from './driver-session.ts'

/** The version of the page bridge that this Holdfast speaks with. */
export const bridgeVersion = 1

/** How a driver hears of an answer that comes later: by the promise that a script returns, or by a call that ends it. */
export type Hears = 'promise' | 'callback'

const answering = `const bridge = globalThis.holdfast
if (bridge === undefined) return { is: 'absent', ready: document.readyState }
if (bridge.version !== ${bridgeVersion}) return { is: 'other', version: bridge.version }
return bridge.exchange(arguments[0], arguments[1]).then((lines) => ({ is: 'lines', lines: [...lines] }))`
const calling = `const [lines, waitMs, answer] = arguments
const failed = (error) => answer({ is: 'failed', why: String(error) })
try { Promise.resolve((function () { ${answering} })(lines, waitMs)).then(answer, failed) } catch (error) { failed(error) }`

const answerSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('lines'), lines: z.array(z.string()) }),
  z.strictObject({ is: z.literal('absent'), ready: z.string() }),
  z.strictObject({ is: z.literal('other'), version: z.unknown() }),
  z.strictObject({ is: z.literal('failed'), why: z.string() }),
])

/** What drivers say where the page, its process or the session is gone. */
const goneWords =
  /invalid session id|no such window|not connected to devtools|disconnected|target (frame )?(window|detached)|web view not found|no such execution context|session deleted|cannot be proxied|socket hang up|terminated or not started|ECONNREFUSED|ECONNRESET/i

/** What of a session leads to its page. */
export type PageSession = Pick<DriverSession, 'executeScript' | 'executeAsyncScript'>

const loadMs = 10_000
const lookMs = 25

const ask = async (session: PageSession, lines: readonly string[], waitMs: number, hears: Hears) => {
  try {
    const given = [[...lines], waitMs]
    const answer: unknown =
      hears === 'promise'
        ? await session.executeScript(answering, given)
        : await session.executeAsyncScript(calling, given)
    // Chromedriver gives null where the page went away while its promise was waited for.
    if (answer === null) throw new PageGone('the page went away while it was asked')
    return answerSchema.parse(answer)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (goneWords.test(message)) throw new PageGone(message.split('\n')[0], { cause: error })
    throw error
  }
}

/**
 * Gives lines to the bridge in the page that the session is at, and takes what it has to say.
 * @throws PageGone; Error where the page has no bridge that fits, which is its author's to mend
 */
export const exchangeInPage = async (
  session: PageSession,
  lines: readonly string[],
  waitMs: number,
  hears: Hears = 'promise',
): Promise<readonly string[]> => {
  let answer = await ask(session, lines, waitMs, hears)
  // A page that is still loading has no bridge yet.
  for (let waited = 0; answer.is === 'absent' && answer.ready !== 'complete' && waited < loadMs; waited += lookMs) {
    await sleep(lookMs)
    answer = await ask(session, lines, waitMs, hears)
  }
  if (answer.is === 'lines') return answer.lines
  if (answer.is === 'failed') throw new Error(`The page bridge failed: ${answer.why}`)
  if (answer.is === 'other')
    throw new Error(
      `The app's page has page bridge ${String(answer.version)}, and this Holdfast speaks with ${bridgeVersion}: include the page-bridge.js of this version.`,
    )
  throw new Error(
    "The app's page has no page bridge: include page-bridge.js in it and call holdfast.serve (docs/phones.md).",
  )
}
