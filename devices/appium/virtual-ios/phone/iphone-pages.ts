import { setTimeout as sleep } from 'node:timers/promises'
import type { OwnRun } from '../../own-run.ts'
import type { Screen } from '../../virtual-android/phone/view.ts'
import { type Chromium, startChromium } from '../../virtual-android/webview/chromium.ts'
import { type DevtoolsSocket, openDevtools } from '../../virtual-android/webview/devtools-socket.ts'
import { type ServedPhone, startPageServer } from '../../virtual-android/webview/page-server.ts'
import { pictureOf } from '../../virtual-android/webview/picture.ts'
import type { PageHost } from './iphone.ts'

/** What running a script came to. */
export type Evaluated = { readonly value: unknown } | { readonly thrown: string } | { readonly gone: true }

/** The page that is shown, and whose it is. */
export interface PageOnScreen {
  readonly pid: number
  readonly title: string
  readonly url: string
}

/** Web views of a virtual iPhone, and what its screen looks like. */
export interface IphonePages extends PageHost, AsyncDisposable {
  /** Null where none is. */
  shown(): PageOnScreen | null
  /**
   * Runs the body of a function in the page. A promise is no answer, as there is none for a real driver either.
   * @param async the body gets one argument more, a function that takes the answer
   */
  evaluate(script: string, args: readonly unknown[], async: boolean): Promise<Evaluated>
  picture(screen: Screen): Promise<Buffer>
}

/** How long a page may take to load, and how often it is looked at. Milliseconds. */
const loadMs = 5_000
const lookMs = 10

interface ShownPage {
  readonly pid: number
  readonly tab: string
  readonly socket: DevtoolsSocket
}

/** What Chromium gives a page that loads to be asked. */
interface Result {
  readonly result?: { readonly value?: unknown }
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } }
}

export const iphonePages = async (run: OwnRun, command: string, phone: () => ServedPhone): Promise<IphonePages> => {
  const [chromium, pages] = await Promise.all([startChromium(run, command), startPageServer(phone)])
  let shown: ShownPage | null = null
  let glass: Promise<Chromium> | null = null
  const ask = async (expression: string): Promise<Evaluated> => {
    if (shown === null) return { gone: true }
    let answer: Result
    try {
      answer = await shown.socket.ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    } catch {
      return { gone: true }
    }
    const { exceptionDetails: thrown, result } = answer
    if (thrown !== undefined) return { thrown: thrown.exception?.description?.split('\n')[0] ?? thrown.text }
    return { value: result?.value ?? null }
  }
  return {
    async open(pid) {
      const url = pages.url(pid)
      const tab = await chromium.open(url)
      shown = { pid, tab, socket: await openDevtools(chromium.port, tab) }
      // A tab is there before its page is.
      const loaded = `location.href === ${JSON.stringify(url)} && document.readyState === 'complete'`
      for (const until = performance.now() + loadMs; performance.now() < until; await sleep(lookMs)) {
        const seen = await ask(loaded)
        if ('gone' in seen || ('value' in seen && seen.value === true)) return
      }
    },
    async close(pid) {
      if (shown?.pid !== pid) return
      const { tab, socket } = shown
      shown = null
      socket.close()
      await chromium.close(tab)
    },
    shown: () => (shown === null ? null : { pid: shown.pid, title: 'Holdfast vault app', url: pages.url(shown.pid) }),
    evaluate(script, args, async) {
      const given = JSON.stringify(args).slice(1, -1)
      const call = `(function () {${script}\n})`
      const value = 'JSON.stringify(value === undefined ? null : value)'
      return ask(
        async
          ? `new Promise((answer) => ${call}(${given === '' ? '' : `${given}, `}answer))`
          : `JSON.parse(((value) => ${value})(${call}(${given})))`,
      )
    },
    async picture(screen) {
      // Pictures are drawn in another browser, which is there once the first one is wanted.
      glass ??= startChromium(run, command)
      return pictureOf(await glass, screen, shown === null ? null : { chromium, tab: shown.tab })
    },
    async [Symbol.asyncDispose]() {
      shown?.socket.close()
      await Promise.all([chromium.end(), pages.close(), glass?.then((one) => one.end())])
    },
  }
}
