import type { OwnRun } from '../../own-run.ts'
import type { VirtualPhone } from '../phone/virtual-phone.ts'
import type { PhonePages } from '../start-phone.ts'
import { type Chromium, startChromium } from './chromium.ts'
import { devtoolsProxy } from './devtools-proxy.ts'
import { startPageServer } from './page-server.ts'
import { pictureOf } from './picture.ts'

/** A page that is shown: its process, its tab, and the way to its devtools. */
interface ShownPage {
  readonly pid: number
  readonly tab: string
  readonly proxy: ReturnType<typeof devtoolsProxy>
}

/**
 * Webviews of a phone in a Chromium of its own. Chromedriver sees every tab of a browser, so while the app's page is there
 * it is the only one; without it an empty one keeps the browser alive.
 */
export const chromiumPages =
  (run: OwnRun, command: string) =>
  async (phone: () => VirtualPhone): Promise<PhonePages> => {
    const [chromium, pages] = await Promise.all([startChromium(run, command), startPageServer(phone)])
    let empty = await chromium.firstTab()
    let shown: ShownPage | null = null
    let glass: Promise<Chromium> | null = null
    return {
      async open(pid, app) {
        const tab = await chromium.open(pages.url(pid))
        shown = { pid, tab, proxy: devtoolsProxy(chromium.port, { tab, package: app.package }) }
        await chromium.close(empty)
      },
      async close(pid) {
        if (shown?.pid !== pid) return
        const { tab, proxy } = shown
        shown = null
        proxy.end()
        empty = await chromium.open('about:blank')
        await chromium.close(tab)
      },
      devtools(pid, socket) {
        if (shown?.pid === pid) shown.proxy.serve(socket)
        else socket.destroy()
      },
      async picture(of) {
        // Pictures are drawn in another browser, which is there once the first one is wanted.
        glass ??= startChromium(run, command)
        return pictureOf(await glass, of.screen(), shown === null ? null : { chromium, tab: shown.tab })
      },
      async [Symbol.asyncDispose]() {
        shown?.proxy.end()
        await Promise.all([chromium.end(), pages.close(), glass?.then((one) => one.end())])
      },
    }
  }
