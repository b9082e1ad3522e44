import { createServer, type IncomingMessage, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { display, type View } from '../phone/view.ts'
import type { VirtualPhone } from '../phone/virtual-phone.ts'
import { keyCodes } from '../shell/input.ts'
import { locate, SelectorFault } from './locate.ts'
import { attributesOf, pageSource } from './page-source.ts'

/** An error that the server answers with, by its name in WebDriver. */
class Refused extends Error {
  override readonly name = 'Refused'
  readonly error: string
  readonly status: number
  constructor(error: string, status: number, message: string) {
    super(message)
    this.error = error
    this.status = status
  }
}

type Body = Readonly<Record<string, unknown>>
/** `path`: what follows the session's id, in parts. */
interface Call {
  readonly method: string
  readonly path: readonly string[]
  readonly body: Body
}

const elementKey = 'element-6066-11e4-a52e-4f735466cecf'
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What the phone's server for uiautomator2 does and answers. */
export interface Automation {
  answer(call: Call): Promise<unknown>
}

/** @param picture the screen as PNG */
export const createAutomation = (
  phone: VirtualPhone,
  picture: () => Promise<Buffer>,
  ended: () => void,
): Automation => {
  const elements = new Map<string, View>()
  let ids = 0
  let settings: Body = {}
  const handed = (view: View) => {
    const id = `00000000-0000-0000-0000-${String(++ids).padStart(12, '0')}`
    elements.set(id, view)
    return { [elementKey]: id, ELEMENT: id }
  }
  /** The view as it is now; one that the screen no longer shows is stale. */
  const viewOf = (id: string): View => {
    const known = elements.get(id)
    if (known === undefined) throw new Refused('no such element', 404, `there is no element ${id}`)
    const same = phone
      .screen()
      .views.find((view) => view.id === known.id && view.class === known.class && view.bounds.top === known.bounds.top)
    if (same === undefined) throw new Refused('stale element reference', 404, 'the element is no longer on the screen')
    return same
  }
  const find = (body: Body): readonly View[] => {
    try {
      return locate(phone.screen(), text(body.strategy ?? body.using), text(body.selector ?? body.value))
    } catch (error) {
      if (error instanceof SelectorFault) throw new Refused('invalid selector', 400, error.message)
      throw error
    }
  }
  const rect = ({ bounds: { left, top, right, bottom } }: View) => ({
    x: left,
    y: top,
    width: right - left,
    height: bottom - top,
  })

  const onElement = async (id: string, [what = '', which = '']: readonly string[], body: Body): Promise<unknown> => {
    const view = viewOf(id)
    switch (what) {
      case 'click':
        view.tap?.()
        return null
      case 'text':
        return view.text
      case 'name':
        return view.description
      case 'value':
        phone.type(text(body.text))
        return null
      case 'clear':
        return null
      case 'rect':
        return rect(view)
      case 'size':
        return { width: rect(view).width, height: rect(view).height }
      case 'location':
        return { x: rect(view).x, y: rect(view).y }
      case 'attribute': {
        const { window, package: owner } = phone.screen()
        const name = which === 'resourceId' ? 'resource-id' : which === 'contentDescription' ? 'content-desc' : which
        return attributesOf(view, owner)[name] ?? (name === 'window' ? window : null)
      }
      default:
        throw new Refused('unknown command', 404, `this phone has no element command '${what}'`)
    }
  }
  const onDevice = async ([what = '']: readonly string[], body: Body): Promise<unknown> => {
    switch (what) {
      case 'info': {
        const properties = phone.properties()
        return {
          apiVersion: properties['ro.build.version.sdk'],
          platformVersion: properties['ro.build.version.release'],
          manufacturer: properties['ro.product.manufacturer'],
          model: properties['ro.product.model'],
          realDisplaySize: `${display.width}x${display.height}`,
          displayDensity: display.density,
        }
      }
      case 'system_bars':
        return { statusBar: display.statusBar }
      case 'pixel_ratio':
        return display.density / 160
      case 'display_density':
        return display.density
      case 'press_keycode':
        phone.key(keyCodes[String(body.keycode)] ?? '')
        return null
      default:
        throw new Refused('unknown command', 404, `this phone has no device command '${what}'`)
    }
  }
  const inSession = async ({ method, path, body }: Call): Promise<unknown> => {
    const [what = '', first = '', ...more] = path
    switch (what) {
      case '':
        if (method === 'DELETE') ended()
        return { sessionId: 'virtual' }
      case 'source':
        return pageSource(phone.screen(), phone.landscape())
      case 'screenshot':
        return (await picture()).toString('base64')
      case 'orientation':
        if (method === 'POST') phone.turn(text(body.orientation) === 'LANDSCAPE')
        return phone.landscape() ? 'LANDSCAPE' : 'PORTRAIT'
      case 'rotation':
        return { x: 0, y: 0, z: phone.landscape() ? 90 : 0 }
      case 'window':
        return { x: 0, y: 0, width: display.width, height: display.height }
      case 'elements':
        return find(body).map(handed)
      case 'element': {
        if (first !== '') return onElement(first, more, body)
        const [found] = find(body)
        if (found === undefined)
          throw new Refused(
            'no such element',
            404,
            'An element could not be located on the page using the given search parameters',
          )
        return handed(found)
      }
      case 'keys':
        phone.type(text(body.text))
        return null
      case 'back':
        phone.key('BACK')
        return null
      case 'appium':
        if (first === 'device') return onDevice(more, body)
        if (first === 'settings') {
          if (method === 'POST') settings = { ...settings, ...(body.settings as Body) }
          return settings
        }
        if (first === 'gestures' && more[0] === 'click') {
          const offset = body.offset as { readonly x: number; readonly y: number }
          phone.tap(offset.x, offset.y)
          return null
        }
        return null
      default:
        throw new Refused('unknown command', 404, `this phone has no command '${what}'`)
    }
  }
  return {
    async answer(call) {
      const [first = '', , ...rest] = call.path
      if (first === 'status') return { ready: true, message: 'UiAutomator2 Server is ready to accept commands' }
      if (first === 'sessions') return []
      if (first === 'session' && call.path.length === 1) {
        elements.clear()
        return { sessionId: 'virtual', capabilities: {} }
      }
      return inSession({ ...call, path: rest })
    },
  }
}

/** How long a driver that asks whether the server is there waits for one that is about to start. Milliseconds. */
const startMs = 500
const lookMs = 5

/** The server itself; connections are handed to it by `emit('connection', socket)`. */
export const automationServer = (automation: Automation, runs: () => boolean): Server =>
  createServer({ keepAliveTimeout: 0 }, async (request, response) => {
    // The driver asks a second later where it is refused once, and it asks while the server is being started.
    const asks = request.url?.endsWith('/status') === true
    for (const until = performance.now() + startMs; asks && !runs() && performance.now() < until; ) await sleep(lookMs)
    if (!runs()) {
      response.destroy()
      return
    }
    void reply(automation, request).then(({ status, value }) => {
      const body = JSON.stringify({ sessionId: 'virtual', value })
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      response.end(body)
    })
  })

const reply = async (
  automation: Automation,
  request: IncomingMessage,
): Promise<{ readonly status: number; readonly value: unknown }> => {
  try {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const said: unknown = pieces.length === 0 ? {} : JSON.parse(Buffer.concat(pieces).toString() || '{}')
    const path = (request.url ?? '/')
      .replace(/\?.*$/, '')
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent)
    const body = typeof said === 'object' && said !== null ? (said as Body) : {}
    return { status: 200, value: await automation.answer({ method: request.method ?? 'GET', path, body }) }
  } catch (error) {
    if (error instanceof Refused)
      return { status: error.status, value: { error: error.error, message: error.message, stacktrace: '' } }
    const message = error instanceof Error ? error.message : String(error)
    return { status: 500, value: { error: 'unknown error', message, stacktrace: '' } }
  }
}
