import { mkdtemp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OwnRun } from '../../own-run.ts'
import { PhoneUnavailable } from '../../phone-unavailable.ts'

/** A Chromium without a window, with its devtools on a port of the loopback that it chose. */
export interface Chromium {
  readonly port: number
  /** The tab that is there from the beginning. */
  firstTab(): Promise<string>
  /** Opens a page in a tab and returns the tab's id. */
  open(url: string): Promise<string>
  /** Resolves once the tab is gone: Chromium answers before, and a driver that comes meanwhile would look at that tab. */
  close(tab: string): Promise<void>
  end(): Promise<void>
}

/** Nothing that calls home, writes where people keep things, or draws what nobody sees. */
const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-dev-shm-usage',
  '--password-store=basic',
  '--use-mock-keychain',
  '--hide-scrollbars',
  '--mute-audio',
  '--window-size=411,890',
  '--remote-debugging-address=127.0.0.1',
  '--remote-debugging-port=0',
  '--remote-allow-origins=*',
]
const readyMs = 20_000
const lookMs = 20

/** @throws PhoneUnavailable where it does not come up */
export const startChromium = async (run: OwnRun, command: string): Promise<Chromium> => {
  const profile = await mkdtemp(join(run.folder, 'chromium-'))
  const env = { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile, TMPDIR: run.folder }
  const program = run.start(command, [...flags, `--user-data-dir=${profile}`, 'about:blank'], env)
  let ended: string | null = null
  void program.ended.then((how) => {
    ended = how
  })
  let port: number | null = null
  for (const until = performance.now() + readyMs; port === null; ) {
    const told = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')
    const [first = ''] = told.split('\n')
    if (/^\d+$/.test(first) && told.includes('\n')) port = Number(first)
    else if (ended === null && performance.now() < until) await sleep(lookMs)
    else {
      const how = ended === null ? `does not come up within ${readyMs} ms` : `ended (${ended})`
      await program.end()
      throw new PhoneUnavailable(`Chromium ${how}: ${program.lastWords().split('\n').at(-1) ?? 'it said nothing'}`)
    }
  }
  const devtools = `http://127.0.0.1:${port}`
  const tabs = async () => {
    const listed: unknown = await (await fetch(`${devtools}/json/list`)).json()
    return listed as readonly { readonly id: string; readonly type: string }[]
  }
  return {
    port,
    async firstTab() {
      const first = (await tabs()).find(({ type }) => type === 'page')
      if (first === undefined) throw new Error('Chromium came up without a tab')
      return first.id
    },
    async open(url) {
      const response = await fetch(`${devtools}/json/new?${encodeURI(url)}`, { method: 'PUT' })
      const tab: unknown = await response.json()
      if (typeof tab === 'object' && tab !== null && 'id' in tab && typeof tab.id === 'string') return tab.id
      throw new Error('Chromium opened no tab')
    },
    async close(tab) {
      await (await fetch(`${devtools}/json/close/${tab}`)).text()
      for (const until = performance.now() + readyMs; (await tabs()).some(({ id }) => id === tab); await sleep(lookMs))
        if (performance.now() > until) throw new Error('Chromium does not close a tab')
    },
    end: program.end,
  }
}
