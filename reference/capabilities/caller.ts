import type { Capability, TauriPlatform } from './capability.ts'
import { matchesAny } from './label.ts'

/** Who calls a command: a page in a webview of a window. */
export interface Caller {
  /** The label of the window. */
  readonly window: string
  /** The label of the webview; the same as the window's where there is one. */
  readonly webview: string
  /** The whole address of the page, as the webview tells it. */
  readonly url: string
  /** A frame in the page asks, not the page itself, where the platform can tell. */
  readonly frame?: true | undefined
}

/**
 * Hosts of the app's own pages. Windows and Android serve them by http or https from `tauri.localhost`; a host that only begins
 * or ends with it is somebody else's (CVE-2026-42184).
 */
const own: ReadonlySet<string> = new Set(['tauri://localhost', 'http://tauri.localhost', 'https://tauri.localhost'])

/** Whether a page is the app's own. An address that cannot be read is not. */
export function isOwnPage(url: string): boolean {
  const read = URL.parse(url)
  return read !== null && read.username === '' && read.password === '' && own.has(`${read.protocol}//${read.host}`)
}

/** Whether an address is one of those that a capability names. A pattern that cannot be read names none. */
export function isNamed(patterns: readonly string[], url: string): boolean {
  if (URL.parse(url) === null) return false
  return patterns.some((pattern) => readPattern(pattern)?.test(url) ?? false)
}

/** The pattern of a remote address (WHATWG URL Pattern); one without a path means each path. Null where it is none. */
export function readPattern(pattern: string): URLPattern | null {
  try {
    const read = new URLPattern(pattern)
    const anyPath = /^[^/]+:\/\/[^/]+\/?$/.test(pattern)
    return anyPath ? new URLPattern({ protocol: read.protocol, hostname: read.hostname, port: read.port }) : read
  } catch {
    return null
  }
}

/** Whether a capability is about this caller at all: its platform, the page, the label of the webview or the window. None is about a frame. */
export function concerns(capability: Capability, caller: Caller, platform: TauriPlatform): boolean {
  if (caller.frame === true) return false
  const { platforms, remote, local, windows, webviews } = capability
  if (platforms !== undefined && !platforms.includes(platform)) return false
  const fromHere = isOwnPage(caller.url) ? local : isNamed(remote?.urls ?? [], caller.url)
  return fromHere && (matchesAny(webviews, caller.webview) || matchesAny(windows, caller.window))
}
