import { display, type Screen, type View } from '../phone/view.ts'
import type { Chromium } from './chromium.ts'
import { openDevtools } from './devtools-socket.ts'

/** Pixels of the phone to one of the page. */
const scale = display.density / 160
const size = { width: Math.round(display.width / scale), height: Math.round(display.height / scale) }

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const box = ({ class: kind, text, description, tap, bounds }: View): string => {
  const style = `left:${bounds.left / scale}px;top:${bounds.top / scale}px;width:${(bounds.right - bounds.left) / scale}px;height:${(bounds.bottom - bounds.top) / scale}px`
  const shown = kind === 'ImageView' ? `<i>${escaped(description)}</i>` : escaped(text)
  return `<div class="${kind}${tap === undefined ? '' : ' tap'}" style="${style}">${shown}</div>`
}

/** The screen as a page, drawn from what the page source tells; the app behind it as a picture of its page. */
export const screenPage = ({ window, views }: Screen, behind: string | null): string => {
  const [app, rest] = [views.some((view) => view.class === 'WebView'), views.filter((view) => view.class !== 'WebView')]
  const dark = views.length === 0
  const shade = window === 'BiometricPrompt' ? '<div class="shade"></div><div class="sheet"></div>' : ''
  return `<!doctype html><meta charset="utf-8"><style>
body{margin:0;width:${size.width}px;height:${size.height}px;position:relative;overflow:hidden;background:${dark ? '#000' : app || shade !== '' ? '#fff' : '#eef1f6'};font:16px sans-serif;color:#1b1f27}
.bar{position:absolute;inset:0 0 auto 0;height:${display.statusBar / scale}px;font-size:11px;line-height:${display.statusBar / scale}px;padding:0 14px;display:flex;justify-content:space-between}
.behind{position:absolute;left:0;top:${display.statusBar / scale}px;width:100%}
.shade{position:absolute;inset:0;background:#0008}.sheet{position:absolute;inset:${1330 / scale}px 0 0 0;background:#fff;border-radius:22px 22px 0 0}
div[class$=View],div[class*=View],div[class*=Button],div[class*=EditText]{position:absolute;box-sizing:border-box;display:flex;align-items:center}
.Button{justify-content:center;color:#1a56c4;border-radius:24px;background:#dfe8fb}.EditText{border-bottom:2px solid #1a56c4;font-size:24px}
.ImageView{justify-content:center;border-radius:24px;background:#eef1f6;color:#555}</style>
${dark ? '' : `<div class="bar"><span>09:41</span><span>${escaped(window.split('/')[0] ?? '')}</span></div>`}
${behind === null ? '' : `<img class="behind" src="data:image/png;base64,${behind}">`}${shade}
${rest.map(box).join('')}`
}

/** Where the app's page is. */
export interface AppPage {
  readonly chromium: Chromium
  readonly tab: string
}

/** What the phone shows now as PNG, drawn in a tab of `chromium`. */
export const pictureOf = async (chromium: Chromium, screen: Screen, app: AppPage | null): Promise<Buffer> => {
  const showsApp = screen.window === 'BiometricPrompt' || screen.views.some((view) => view.class === 'WebView')
  const behind = showsApp && app !== null ? await capture(app) : null
  const tab = await chromium.open('about:blank')
  try {
    const socket = await openDevtools(chromium.port, tab)
    await socket.ask('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false })
    const { frameTree } = (await socket.ask('Page.getFrameTree')) as {
      readonly frameTree: { readonly frame: { readonly id: string } }
    }
    await socket.ask('Page.setDocumentContent', { frameId: frameTree.frame.id, html: screenPage(screen, behind) })
    const { data } = await socket.ask('Page.captureScreenshot', { format: 'png' })
    socket.close()
    return Buffer.from(String(data), 'base64')
  } finally {
    await chromium.close(tab)
  }
}

const capture = async ({ chromium, tab }: AppPage): Promise<string> => {
  const socket = await openDevtools(chromium.port, tab)
  const { data } = await socket.ask('Page.captureScreenshot', { format: 'png' })
  socket.close()
  return String(data)
}
