import { z } from 'zod'

/** Platforms by Tauri's names. */
export const appPlatforms = ['linux', 'macOS', 'windows', 'android', 'iOS'] as const
export type AppPlatform = (typeof appPlatforms)[number]

/** Operations that a page may ask for: those that a caller can be told of. */
export const pageOperations = ['put', 'get', 'delete', 'has', 'list'] as const
export type PageOperation = (typeof pageOperations)[number]

/** Permissions as Tauri writes them, of a plugin called `vault`. An adapter puts its own plugin's name there. */
export const permissionNames = [
  'vault:default',
  ...pageOperations.flatMap((op) => [`vault:allow-${op}`, `vault:deny-${op}`] as const),
] as const

const labels = z.array(z.string().regex(/^[A-Za-z0-9/:_*-]+$/)).optional()
const entries = z.array(z.strictObject({ name: z.string() })).optional()

/**
 * A capability as a Tauri v2 app has it in its files (tauri.app, "Capability"), in the forms that programs use: `*` in
 * labels and in names of entries is any characters; an address of pages from elsewhere is a scheme and a host, which may
 * begin with `*.`, and means each of its paths. A permission for operations on entries says which entries it is for.
 */
export const capabilitySchema = z.strictObject({
  identifier: z.string().min(1),
  windows: labels,
  webviews: labels,
  /** Whether it holds for the app's own pages. Default true. */
  local: z.boolean().optional(),
  /** Pages from elsewhere that it holds for, too. */
  remote: z.strictObject({ urls: z.array(z.string().regex(/^https?:\/\/(\*\.)?[a-z0-9.-]+$/)) }).optional(),
  /** Default: all. */
  platforms: z.array(z.enum(appPlatforms)).optional(),
  permissions: z.array(
    z.union([
      z.enum(permissionNames),
      z.strictObject({ identifier: z.enum(permissionNames), allow: entries, deny: entries }),
    ]),
  ),
})
export type Capability = Readonly<z.infer<typeof capabilitySchema>>

/** Who asks: a page in a webview of a window. A call without a caller is the app's own process, which needs no grant. */
export const callerSchema = z.strictObject({
  /** Labels of the window and of the webview. */
  window: z.string(),
  webview: z.string(),
  /** The whole address of the page. */
  url: z.string(),
  /** What the app runs on. */
  platform: z.enum(appPlatforms),
  /** It is not the page itself that asks, but a frame in it. */
  frame: z.literal(true).optional(),
})
export type Caller = Readonly<z.infer<typeof callerSchema>>

/** What is asked: by whom, which operation, and of which entry; null where it is about no one entry. */
export interface Ask {
  readonly caller: Caller
  readonly operation: PageOperation
  readonly name: string | null
}

/** What a page asks for; null for a call of the app itself, and for what no page may ask for. */
export function askOf(call: { readonly op: string; readonly caller?: Caller; readonly name?: string }): Ask | null {
  const operation = pageOperations.find((one) => one === call.op)
  if (operation === undefined || call.caller === undefined) return null
  return { caller: call.caller, operation, name: operation === 'list' ? null : (call.name ?? '') }
}
