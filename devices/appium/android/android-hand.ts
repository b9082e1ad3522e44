import { setTimeout as sleep } from 'node:timers/promises'
import type { DriverSession } from '../driver-session.ts'
import { type PhoneState, readState, stateCommand } from './phone-state.ts'

/** What a person and a shell do to an Android phone, each a command of the driver. */
export interface AndroidHand {
  shell(line: string): Promise<string>
  state(): Promise<PhoneState>
  /** Looks until it is so, or for so long. */
  stateOnce(holds: (state: PhoneState) => boolean, ms: number): Promise<PhoneState>
  touch(finger: number): Promise<void>
  /** Texts and ids that are on the screen, by the page source of the native part. */
  source(): Promise<string>
  /** Taps the first element that there is. False where there is none. */
  tap(strategy: 'id' | '-android uiautomator', selector: string): Promise<boolean>
  /** Types into what has the focus, and Enter. */
  enter(text: string): Promise<void>
}

const lookMs = 30
/** The first text on the screen says what it is. */
const captionOf = (source: string): string => /\stext="([^"]+)"/.exec(source)?.[1] ?? ''
const elementKey = 'element-6066-11e4-a52e-4f735466cecf'

/**
 * @param native brings the session to the native part of the screen
 * @param seen told what is on the screen, before something is done to it
 */
export const androidHand = (
  session: () => DriverSession,
  native: () => Promise<void>,
  seen: (caption: () => Promise<string>) => Promise<void>,
): AndroidHand => {
  const shell = async (line: string): Promise<string> =>
    String(await session().executeScript('mobile: shell', [{ command: line }]))
  const look = async (): Promise<string> => {
    await native()
    return session().getPageSource()
  }
  const state = async () => readState(await shell(stateCommand))
  return {
    shell,
    state,
    async stateOnce(holds, ms) {
      for (const until = performance.now() + ms; ; await sleep(lookMs)) {
        const seen = await state()
        if (holds(seen) || performance.now() > until) return seen
      }
    },
    async touch(finger) {
      await seen(async () => captionOf(await look()))
      await session().executeScript('mobile: fingerprint', [{ fingerprintId: finger }])
    },
    async source() {
      const source = await look()
      await seen(async () => captionOf(source))
      return source
    },
    async tap(strategy, selector) {
      await native()
      const [first] = await session().findElements(strategy, selector)
      if (first === undefined) return false
      await session().elementClick(first[elementKey])
      return true
    },
    async enter(text) {
      await shell(`input text ${text}; input keyevent 66`)
    },
  }
}
