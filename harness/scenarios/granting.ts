import fc, { type Arbitrary } from 'fast-check'
import {
  type AppPlatform,
  type Caller,
  type Capability,
  type PageOperation,
  permissionNames,
} from '../contract/capabilities.ts'
import type { Command } from '../contract/program.ts'
import { ordinarySizes, type Weighted } from './commands.ts'
import { pick, record } from './one-form.ts'
import type { Ground } from './scenario.ts'

/* Commands of pages and of their grants: of numbers and constants alone, as all generators are. */

type Texts = readonly string[]
/** Exactly these, in this order. */
const just = (texts: Texts): Arbitrary<string[]> => fc.tuple(...texts.map((text) => pick(text)))
const some = (texts: Texts, maxLength: number): Arbitrary<string[]> => fc.array(pick(...texts), { maxLength })
const command = (op: Record<string, Arbitrary<unknown>>): Arbitrary<Command> =>
  record({ do: pick('call'), op: record(op) }) as unknown as Arbitrary<Command>

export const names = ['main/a', 'main/b', 'side/a', 'main/ab'] as const
const globs = [...names, 'main/*', 'side/*', '*']
const windows = ['main', 'side', 'panel', 'panel-1']
const labels = [...windows, 'panel-*', '*']
const ownPages = { linux: 'tauri://localhost/', windows: 'http://tauri.localhost/' } as const
/** Addresses that are taken for the app's own, or for one that was named, by who looks at a part of them. */
export const elsewhere = [
  'http://tauri.evil.example/',
  'http://tauri.localhost.evil.example/',
  'http://tauri.localhost:8080/',
  'https://tauri.localhost@evil.example/',
  'https://evil.example/tauri.localhost',
  'tauri://evil.example/',
  'tauri://localhost.evil.example/',
] as const
const patterns = ['https://app.example', 'https://*.app.example']
export const remotes = {
  'https://app.example': {
    named: ['https://app.example/', 'https://app.example/any/path'],
    others: [
      'http://app.example/',
      'https://app.example.evil.example/',
      'https://evil-app.example/',
      'https://app.example:8443/',
      'https://app.example@evil.example/',
      'https://evil.example/app.example',
    ],
  },
  'https://*.app.example': {
    named: ['https://one.app.example/', 'https://one.two.app.example/x'],
    others: ['https://app.example/', 'https://evilapp.example/', 'https://one.app.example.evil.example/'],
  },
} as const
const urls: Texts = [
  ...Object.values(ownPages),
  ...elsewhere,
  ...Object.values(remotes).flatMap(({ named, others }) => [...named, ...others]),
]
const platforms: readonly AppPlatform[] = ['linux', 'windows']

/** What a page asks with, each from these; by default as the app's own page in the window `main`. */
interface Page {
  readonly window?: Texts
  readonly webview?: Texts
  readonly url?: Texts
  readonly platform?: AppPlatform
  readonly frame?: true
}
function caller({ window = ['main'], webview = ['panel'], url, platform = 'linux', frame }: Page): Arbitrary<Caller> {
  const own = platform === 'windows' ? ownPages.windows : ownPages.linux
  return record({
    window: pick(...window),
    webview: pick(...webview),
    url: pick(...(url ?? [own])),
    platform: pick(platform),
    ...(frame === undefined ? {} : { frame: fc.constant(true) }),
  }) as Arbitrary<Caller>
}
const anyCaller = (more: object): Arbitrary<Caller> =>
  record({
    window: pick(...windows),
    webview: pick(...windows),
    url: pick(...urls),
    platform: pick(...platforms),
    ...more,
  }) as Arbitrary<Caller>

/** Calls of these operations of these entries by a page; of the app's own process where there is none. */
export function pageCalls(
  { description }: Ground,
  operations: readonly PageOperation[],
  page: Page | 'any' | null = {},
  of: Texts = ['main/a'],
): readonly Weighted[] {
  const by: Arbitrary<Caller>[] =
    page === null ? [] : page === 'any' ? [anyCaller({}), anyCaller({ frame: fc.constant(true) })] : [caller(page)]
  const value = record({ canary: fc.nat(9), size: ordinarySizes, kind: pick('text') })
  return operations
    .filter((op) => description.operations.includes(op))
    .map((op) => ({
      weight: 1,
      arbitrary: command({
        op: pick(op),
        ...(op === 'list' ? {} : { name: pick(...of) }),
        ...(op === 'put' ? { value } : {}),
        ...(by.length === 0 ? {} : { caller: fc.oneof(...by) }),
      }),
    }))
}

/** What one capability grants and denies, by the permission's name without the plugin's: of these entries, but of those. */
type Granting = readonly [permission: string, allow?: Texts, deny?: Texts]
/** A capability of a story; by default for the app's own pages in the window `main`. */
export interface Given {
  readonly windows?: Texts
  readonly webviews?: Texts
  readonly local?: boolean
  readonly urls?: Texts
  readonly platforms?: readonly AppPlatform[]
  readonly grants: readonly Granting[]
}

function capability({
  windows: at = ['main'],
  webviews = [],
  local = true,
  urls: from = [],
  platforms: on,
  grants,
}: Given) {
  const entry = (name: string) => record({ name: pick(name) })
  const permission = ([name, allow = [], deny = []]: Granting) =>
    record({
      identifier: pick(`vault:${name}`),
      allow: fc.tuple(...allow.map(entry)),
      deny: fc.tuple(...deny.map(entry)),
    })
  return record({
    identifier: pick('one'),
    windows: just(at),
    webviews: just(webviews),
    local: fc.constant(local),
    remote: record({ urls: just(from) }),
    permissions: fc.tuple(...grants.map(permission)),
    ...(on === undefined ? {} : { platforms: just(on) }),
  }) as unknown as Arbitrary<Capability>
}

const grant = (capabilities: Arbitrary<unknown>): readonly Weighted[] => [
  { weight: 1, arbitrary: command({ op: pick('grant'), capabilities }) },
]
/** These capabilities, one file each, in this order. */
export const grants = (...given: readonly Given[]): readonly Weighted[] => grant(fc.tuple(...given.map(capability)))

/** Any capabilities, three at most. */
export function anyGrants(): readonly Weighted[] {
  const entry = record({ name: pick(...globs) })
  const permission = record({
    identifier: pick(...permissionNames),
    allow: fc.array(entry, { maxLength: 2 }),
    deny: fc.array(entry, { maxLength: 1 }),
  })
  const one = (more: object) =>
    record({
      identifier: pick('one'),
      windows: some(labels, 2),
      webviews: some(labels, 2),
      local: fc.boolean(),
      remote: record({ urls: some(patterns, 2) }),
      permissions: fc.array(permission, { maxLength: 4 }),
      ...more,
    })
  const platform = { platforms: fc.array(pick(...platforms), { minLength: 1, maxLength: 1 }) }
  return grant(fc.array(fc.oneof(one({}), one(platform)), { maxLength: 3 }))
}
