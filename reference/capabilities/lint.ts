import { z } from 'zod'
import { readPattern } from './caller.ts'
import { type Capability, entryScope } from './capability.ts'
import { aboutEntries, isOurs, permissions } from './permissions.ts'

/** One grant that is wider than it looks, or for nobody. */
export interface LintFinding {
  /** The capability's identifier, or the file of the app's configuration. */
  readonly where: string
  readonly rule:
    | 'any-window'
    | 'any-origin'
    | 'unencrypted-origin'
    | 'development-origin'
    | 'unreadable-origin'
    | 'any-entry'
    | 'no-entry'
    | 'unknown-permission'
    | 'no-caller'
    | 'unknown-field'
    | 'migrated'
    | 'no-content-security-policy'
  /** What it means, and what to do. */
  readonly told: string
}

const known: ReadonlySet<string> = new Set([
  '$schema',
  'identifier',
  'description',
  'local',
  'remote',
  'windows',
  'webviews',
  'permissions',
  'platforms',
])
const loopback = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/
const wide = /^\*+$/

/** Grants that are wider than an app needs, or that are for nobody. */
export function lintCapability(capability: Capability): readonly LintFinding[] {
  const { identifier: where, windows, webviews, remote, permissions: granted } = capability
  const found: LintFinding[] = []
  const find = (rule: LintFinding['rule'], told: string) => found.push({ where, rule, told })

  for (const field of Object.keys(capability))
    if (!known.has(field)) find('unknown-field', `"${field}" is no field of a capability: Tauri passes over it.`)
  if (where === 'migrated')
    find(
      'migrated',
      'What the migration from version 1 wrote grants all that the app could do before: name what it needs.',
    )
  if (windows.length === 0 && webviews.length === 0)
    find('no-caller', 'It names no window and no webview, so it grants nothing: name one, or remove it.')
  for (const label of [...windows, ...webviews])
    if (wide.test(label)) find('any-window', `"${label}" is every window, those that are made later too: name them.`)
  for (const url of remote?.urls ?? []) lintOrigin(url, find)
  for (const { identifier, allow } of granted.filter((one) => isOurs(one.identifier))) {
    const permission = permissions.get(identifier)
    const names = entryScope(allow)
    if (permission === undefined) find('unknown-permission', `"${identifier}" is no permission of the vault.`)
    else if (permission.allows.some((command) => aboutEntries.has(command))) {
      if (names === null || names.length === 0)
        find('no-entry', `"${identifier}" names no entry, so it grants none: "allow": [{ "name": GLOB }] does.`)
      else if (names.some((name) => wide.test(name)))
        find('any-entry', `"${identifier}" is for every entry, those of other windows too: name them.`)
    }
  }
  return found
}

function lintOrigin(url: string, find: (rule: LintFinding['rule'], told: string) => void): void {
  const pattern = readPattern(url)
  if (pattern === null) return void find('unreadable-origin', `"${url}" is no pattern of an address: it means no page.`)
  const { protocol, hostname } = pattern
  if (loopback.test(hostname))
    find('development-origin', `"${url}" is whatever runs on the machine: keep it out of the release.`)
  // One that leaves the last two labels open is anybody's.
  if (
    hostname
      .split('.')
      .slice(-2)
      .some((label) => label.includes('*'))
  )
    find('any-origin', `"${url}" leaves open whose host it is: name the host.`)
  else if (hostname.includes('*'))
    find('any-origin', `"${url}" is every host below that name, those that others may have too: name the host.`)
  if (protocol !== 'https' && !loopback.test(hostname))
    find('unencrypted-origin', `"${url}" may be answered by whoever is on the way: ask for https.`)
}

const configSchema = z.looseObject({
  app: z.looseObject({ security: z.looseObject({ csp: z.unknown().optional() }).optional() }).optional(),
})

/** What an app's tauri.conf.json leaves open around its grants. An object that is no such configuration has nothing. */
export function lintConfiguration(where: string, configuration: unknown): readonly LintFinding[] {
  const read = configSchema.safeParse(configuration)
  const security = read.success ? read.data.app?.security : undefined
  if (!read.success || (security?.csp !== undefined && security.csp !== null && security.csp !== '')) return []
  const told = 'There is no content security policy (app.security.csp), so a page may run whatever was slipped into it.'
  return [{ where, rule: 'no-content-security-policy', told }]
}
