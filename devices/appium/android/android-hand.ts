import { setTimeout as sleep } from 'node:timers/promises'
import type { DriverSession } from '../driver-session.ts'
import { type PhoneState, readState, stateCommand } from './phone-state.ts'
import { nodesOf, type ScreenNode } from './screen-node.ts'

/** What a person and a shell do to an Android phone, each a command of the driver. */
export interface AndroidHand {
  shell(line: string): Promise<string>
  /** A command by `execute`: `mobile: installApp`. */
  mobile(name: string, given: Readonly<Record<string, unknown>>): Promise<unknown>
  /** As it was seen last, where nothing was done since; else it looks. */
  state(): Promise<PhoneState>
  /** The state after a line, by one command. */
  stateAfter(line: string): Promise<PhoneState>
  /** Something was done by other means: what was seen before counts no more. */
  forget(): void
  /** Looks until it is so, or for so long. */
  stateOnce(holds: (state: PhoneState) => boolean, ms: number): Promise<PhoneState>
  touch(finger: number): Promise<void>
  /** What is on the native part of the screen. */
  screen(): Promise<readonly ScreenNode[]>
  tap(node: ScreenNode): Promise<void>
  /** Types into what has the focus, and Enter. */
  enter(text: string): Promise<void>
}

const lookMs = 30
/** The first text on the screen says what it is. */
const captionOf = (nodes: readonly ScreenNode[]): string => nodes.find(({ text }) => text !== '')?.text ?? ''

/**
 * @param native brings the session to the native part of the screen
 * @param seen told what is on the screen, before something is done to it
 */
export const androidHand = (
  session: () => DriverSession,
  native: () => Promise<void>,
  seen: (caption: () => Promise<string>) => Promise<void>,
): AndroidHand => {
  let last: PhoneState | null = null
  const forget = () => {
    last = null
  }
  const mobile: AndroidHand['mobile'] = (name, given) => {
    forget()
    return session().executeScript(`mobile: ${name}`, [given])
  }
  const shell = async (line: string): Promise<string> => String(await mobile('shell', { command: line }))
  const look = async (): Promise<readonly ScreenNode[]> => {
    forget()
    await native()
    return nodesOf(await session().getPageSource())
  }
  const stateAfter = async (line: string): Promise<PhoneState> => {
    const seen = readState(await shell(line === '' ? stateCommand : `${line}; ${stateCommand}`))
    last = seen
    return seen
  }
  return {
    shell,
    mobile,
    state: async () => last ?? stateAfter(''),
    stateAfter,
    forget,
    async stateOnce(holds, ms) {
      for (const until = performance.now() + ms; ; await sleep(lookMs)) {
        const seen = await stateAfter('')
        if (holds(seen) || performance.now() > until) return seen
      }
    },
    async touch(finger) {
      await seen(async () => captionOf(await look()))
      await mobile('fingerprint', { fingerprintId: finger })
    },
    async screen() {
      const nodes = await look()
      await seen(async () => captionOf(nodes))
      return nodes
    },
    async tap({ x, y }) {
      forget()
      await native()
      await mobile('clickGesture', { x, y })
    },
    async enter(text) {
      await shell(`input text ${text}; input keyevent 66`)
    },
  }
}
