import type { AppPlatform, Ask, Caller, Capability } from '../contract/capabilities.ts'

/** What alone stands between a caller and a grant. `nothing`: there is no such grant, or several things do together. */
export type Lack = 'nothing' | 'denial' | 'origin' | 'frame' | 'label' | 'entry'
/** `unsaid`: the contract leaves it open. */
export type Said =
  | { readonly is: 'granted' }
  | { readonly is: 'denied'; readonly lack: Lack }
  | { readonly is: 'unsaid' }

const waivable = ['denial', 'origin', 'frame', 'label', 'entry'] as const satisfies readonly Lack[]
type Waived = (typeof waivable)[number] | null

/** Where the app's own pages come from. Elsewhere such an address may be anybody's. */
const ownPages: Readonly<Record<AppPlatform, readonly string[]>> = {
  linux: ['tauri://localhost'],
  macOS: ['tauri://localhost'],
  iOS: ['tauri://localhost'],
  windows: ['http://tauri.localhost', 'https://tauri.localhost'],
  android: ['http://tauri.localhost', 'https://tauri.localhost'],
}

interface Address {
  readonly scheme: string
  readonly host: string
  readonly port: string
}

/** Scheme, host and port of an address; null where it has a name and password, or is none. */
function addressOf(url: string): Address | null {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#@\\]*?)(?::(\d+))?(?:[/?#].*)?$/i.exec(url)
  if (parts === null) return null
  const [, scheme = '', host = '', port = ''] = parts
  return { scheme: scheme.toLowerCase(), host: host.toLowerCase(), port }
}

const isOwnOf = (platform: AppPlatform, { scheme, host, port }: Address): boolean =>
  port === '' && ownPages[platform].includes(`${scheme}://${host}`)
const isOwnAnywhere = (address: Address): boolean =>
  Object.keys(ownPages).some((platform) => isOwnOf(platform as AppPlatform, address))

function isNamed(pattern: string, { scheme, host, port }: Address): boolean {
  const [begin = '', wanted = ''] = pattern.split('://')
  if (begin !== scheme || port !== '') return false
  return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) && host.length >= wanted.length : host === wanted
}

/** Whether a text is one that a glob means; `*` is any characters, none too. */
export function fits(glob: string, text: string): boolean {
  const [head = '', ...rest] = glob.split('*')
  if (rest.length === 0) return text === glob
  if (!text.startsWith(head)) return false
  const tail = rest.pop() ?? ''
  let at = head.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length >= at + tail.length && text.endsWith(tail)
}
const fitsAny = (globs: readonly string[] | undefined, text: string): boolean =>
  (globs ?? []).some((glob) => fits(glob, text))

interface Permission {
  readonly identifier: string
  readonly allow: readonly string[]
  readonly deny: readonly string[]
}
const permissionsOf = ({ permissions }: Capability): readonly Permission[] =>
  permissions.map((one) => {
    if (typeof one === 'string') return { identifier: one, allow: [], deny: [] }
    const names = (of: readonly { readonly name: string }[] | undefined) => (of ?? []).map(({ name }) => name)
    return { identifier: one.identifier, allow: names(one.allow), deny: names(one.deny) }
  })

/** Whether a capability is about a caller, with one thing waived. */
function concerns(capability: Capability, { window, webview, url, platform }: Caller, waived: Waived): boolean {
  if (capability.platforms !== undefined && !capability.platforms.includes(platform)) return false
  const address = addressOf(url)
  const here =
    address !== null &&
    (isOwnOf(platform, address)
      ? (capability.local ?? true)
      : (capability.remote?.urls ?? []).some((pattern) => isNamed(pattern, address)))
  if (!here && waived !== 'origin') return false
  return waived === 'label' || fitsAny(capability.windows, window) || fitsAny(capability.webviews, webview)
}

function isGranted(files: readonly Capability[], { caller, operation, name }: Ask, waived: Waived): boolean {
  if (caller.frame === true && waived !== 'frame') return false
  const mine = files.filter((one) => concerns(one, caller, waived)).flatMap(permissionsOf)
  const grants = mine.filter(({ identifier }) => identifier === `vault:allow-${operation}`)
  if (waived !== 'denial') {
    if (mine.some(({ identifier }) => identifier === `vault:deny-${operation}`)) return false
    if (name !== null && grants.some(({ deny }) => fitsAny(deny, name))) return false
  }
  if (name === null || waived === 'entry') return grants.length > 0
  return grants.some(({ allow }) => fitsAny(allow, name))
}

/** Whether the contract says nothing: another platform's own page, a frame that cannot be told, a grant that names no entry. */
function isUnsaid(
  files: readonly Capability[],
  { caller, operation, name }: Ask,
  framesUntold: readonly AppPlatform[],
) {
  const address = addressOf(caller.url)
  if (address !== null && isOwnAnywhere(address) && !isOwnOf(caller.platform, address)) return true
  if (caller.frame === true && framesUntold.includes(caller.platform)) return true
  if (name === null) return false
  return files
    .flatMap(permissionsOf)
    .some(({ identifier, allow }) => identifier === `vault:allow-${operation}` && allow.length === 0)
}

/**
 * What capability files say of a call, by what Tauri's documentation says of them. Written apart from the reference, which is
 * judged by it.
 * @param framesUntold platforms on which nobody can tell a frame from its page
 */
export function saidOf(files: readonly Capability[], ask: Ask, framesUntold: readonly AppPlatform[]): Said {
  if (isUnsaid(files, ask, framesUntold)) return { is: 'unsaid' }
  if (isGranted(files, ask, null)) return { is: 'granted' }
  const lacks = waivable.filter((waived) => isGranted(files, ask, waived))
  const [lack = 'nothing'] = lacks
  // What another window was granted is another's entry.
  if (lacks.length > 1 && lacks.every((one) => one === 'entry' || one === 'label'))
    return { is: 'denied', lack: 'entry' }
  // By which of several it would be answered cannot be told.
  return lacks.length > 1 ? { is: 'unsaid' } : { is: 'denied', lack }
}
