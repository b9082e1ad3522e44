import type { Channel } from '../../../harness/contract/device.ts'
import { lineQueue } from '../line-queue.ts'
import { PhoneUnavailable } from '../phone-unavailable.ts'
import type { Switchboard } from './switchboard.ts'

/** The app as far as the channel needs it. */
export interface DiallingApp {
  /** Starts the app anew and tells it where to connect. */
  launch(url: string): Promise<void>
  killApp(): Promise<void>
  /** Takes what it said in the order of all else that happens. Default: at once. */
  deliver?(said: () => void): void
}

/** How long an app may take from its start until it has dialled. Milliseconds. */
const dialMs = 20_000

/**
 * Carries the protocol to an app without a page, which connects out to us: one message is one line, as over stdio.
 * @throws PhoneUnavailable where it does not
 */
export const dialChannel = async (
  switchboard: Switchboard,
  { launch, killApp, deliver = (said) => said() }: DiallingApp,
  waitMs = dialMs,
): Promise<Channel> => {
  const { url, app: dialling } = switchboard.expect()
  await launch(url)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, waitMs, null)
  })
  const app = await Promise.race([dialling, late])
  clearTimeout(timer)
  if (app === null)
    throw new PhoneUnavailable(
      `The app did not connect within ${waitMs} ms of its start: it must dial the address that it is given in HOLDFAST_DIAL (docs/phones.md).`,
    )
  const lines = lineQueue()
  const over = Promise.withResolvers<string>()
  let gone = false
  const end = (how: string) => {
    if (gone) return
    gone = true
    lines.end()
    over.resolve(how)
  }
  app.onLine((line) =>
    deliver(() => {
      if (!gone) lines.push(line)
    }),
  )
  void app.gone.then(() => end('the app hung up'))
  const kill = async () => {
    if (gone) return
    end('killed')
    app.hangUp()
    await killApp()
  }
  return {
    send(line) {
      if (gone) throw new Error('the app is gone')
      app.say(line)
    },
    lines,
    takeErrors: () => '',
    kill,
    ended: over.promise,
    [Symbol.asyncDispose]: kill,
  }
}
