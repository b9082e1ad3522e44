import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Needle } from './needles.ts'
import { searchFor } from './search.ts'

/** A place outside its memory where a process may have left a secret. */
export interface Place {
  readonly where: string
  readonly bytes: Buffer
}
export interface PlaceHit {
  readonly where: string
  readonly what: string
  readonly encoding: string
}

/** Command line and environment of a process, as everybody who may look sees them. Linux only. */
export const outsideOf = (pid: number): readonly Place[] =>
  ['cmdline', 'environ'].map((file) => ({ where: file, bytes: readFileSync(`/proc/${pid}/${file}`) }))

/** What the file descriptors of a process lead to: paths, pipes and sockets by their numbers. */
export const openFilesOf = (pid: number): readonly string[] =>
  readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))

/** The largest core dump that a process may write, in bytes; soft and hard limit. Infinite where there is none. */
export function coreDumpLimit(pid: number): { readonly soft: number; readonly hard: number } {
  const [, soft, hard] = /^Max core file size\s+(\S+)\s+(\S+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8')) ?? []
  const size = (text: string | undefined) => (text === 'unlimited' ? Number.POSITIVE_INFINITY : Number(text))
  return { soft: size(soft), hard: size(hard) }
}

/** A file and who may read it. */
export interface LeftFile {
  readonly path: string
  /** Permission bits. */
  readonly mode: number
  readonly directory: boolean
}

/** Everything in a folder, and below, that was changed at or after a moment (milliseconds since 1970). */
export function filesSince(folder: string, since: number): readonly LeftFile[] {
  const found: LeftFile[] = []
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    const entry = lstatSync(path)
    if (entry.ctimeMs >= since) found.push({ path, mode: entry.mode & 0o777, directory: entry.isDirectory() })
  }
  return found
}

/** Searches places for secrets. */
export function searchPlaces(places: readonly Place[], needles: readonly Needle[]): readonly PlaceHit[] {
  const search = searchFor(needles)
  const hits: PlaceHit[] = []
  for (const { where, bytes } of places) {
    // Padded and in memory of its own, as the search goes in eights.
    const chunk = Buffer.alloc(bytes.length + 8)
    bytes.copy(chunk)
    search.each(chunk, 0, bytes.length, ({ what, encoding }) => hits.push({ where, what, encoding }))
  }
  return hits
}
