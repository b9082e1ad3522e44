import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import type { Exports, Subject } from './subjects.ts'

const root = join(import.meta.dirname, '../..')

/** One change that Stryker makes to a file. */
export interface Mutant {
  readonly id: string
  /** From the root. */
  readonly file: string
  /** Of its beginning, from 1. */
  readonly line: number
  readonly mutator: string
  /** The line of the file where it begins. */
  readonly on: string
  /** What stands in the file, and what takes its place; blanks are one blank. */
  readonly original: string
  readonly replacement: string
}

const silent = () => {}
const logger = {
  ...{ isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false },
  ...{ isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false },
  ...{ trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent },
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The text between two places of a file, lines and columns counted from 0. */
function between(text: string, start: { readonly line: number; readonly column: number }, end: typeof start): string {
  const lines = text.split('\n').slice(start.line, end.line + 1)
  const last = lines.length - 1
  return lines
    .map((line, at) => line.slice(at === 0 ? start.column : 0, at === last ? end.column : undefined))
    .join('\n')
}

/** A subject's files with all their mutants in them, each behind a switch. */
export interface Instrumented {
  readonly mutants: readonly Mutant[]
  /** By address. */
  readonly sources: ReadonlyMap<string, string>
}

/** What tells whether a file, from the root, is still the one whose mutants were judged. */
export const digestOf = (file: string): string =>
  createHash('sha256')
    .update(readFileSync(join(root, file)))
    .digest('hex')
    .slice(0, 12)

export async function instrument({ files }: Subject): Promise<Instrumented> {
  const originals = files.map((file) => ({ name: file, content: readFileSync(join(root, file), 'utf8'), mutate: true }))
  const options = { plugins: null, excludedMutations: [], ignorers: [] }
  const { mutants, files: changed } = await new Instrumenter(logger).instrument(originals, options)
  return {
    mutants: mutants.map(({ id, fileName, location: { start, end }, mutatorName, replacement }) => {
      const content = originals.find(({ name }) => name === fileName)?.content ?? ''
      return {
        id,
        file: fileName,
        line: start.line + 1,
        mutator: mutatorName,
        on: oneLine(content.split('\n')[start.line] ?? ''),
        original: oneLine(between(content, start, end)),
        replacement: oneLine(replacement),
      }
    }),
    sources: new Map(changed.map(({ name, content }) => [pathToFileURL(join(root, name)).href, content])),
  }
}

/** What the switches look at. */
interface Switches {
  activeMutant?: string | undefined
  /** How often the active mutant was met, and how often it may be: an endless loop ends there. */
  hitCount?: number | undefined
  hitLimit?: number | undefined
  mutantCoverage?: { static: Record<string, number> }
}
const space = globalThis as { __stryker__?: Switches }

const mostHits = 100_000

/** Switches one mutant on; null switches all off. Called again, it lets the mutant be met as often once more. */
export function activate(id: string | null): void {
  space.__stryker__ ??= {}
  const switches = space.__stryker__
  // Left undefined, it would be taken from the environment.
  switches.activeMutant = id ?? 'none'
  switches.hitCount = 0
  switches.hitLimit = mostHits
}

/** Mutants that were met since the last look. */
export function takeMet(): ReadonlySet<string> {
  const met = new Set(Object.keys(space.__stryker__?.mutantCoverage?.static ?? {}))
  if (space.__stryker__?.mutantCoverage !== undefined) space.__stryker__.mutantCoverage.static = {}
  return met
}

const mark = '?mutated='
let copies = 0

/** Loads the subject's modules anew, from its instrumented files. */
export async function load({ entries }: Subject, { sources }: Instrumented): Promise<Exports> {
  const copy = `${mark}${copies++}`
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context)
      const inside = context.parentURL?.endsWith(copy) === true && sources.has(resolved.url)
      return inside ? { ...resolved, url: `${resolved.url}${copy}` } : resolved
    },
    load(url, context, next) {
      const source = url.endsWith(copy) ? sources.get(url.slice(0, -copy.length)) : undefined
      return source === undefined ? next(url, context) : { format: 'module-typescript', source, shortCircuit: true }
    },
  })
  try {
    return await Promise.all(entries.map((entry) => import(`${pathToFileURL(join(root, entry)).href}${copy}`)))
  } finally {
    hooks.deregister()
  }
}
