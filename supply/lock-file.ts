import { readFileSync } from 'node:fs'
import { z } from 'zod'

const lockSchema = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      inBundle: z.boolean().optional(),
      link: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
})

/** One package that `npm ci` may install. */
export interface LockedPackage {
  readonly name: string
  readonly version: string
  /** An SPDX expression, as its author wrote it; null where there is none. */
  readonly licence: string | null
  /** Whether it comes to people who install Holdfast, and not only to its developers. */
  readonly shipped: boolean
  /** Subresource integrity; null where the package came inside another, which has one. */
  readonly integrity: string | null
  readonly bundled: boolean
  /** An address that is written in the lock file: any at all is somebody's registry, a file or a repository. */
  readonly from: string | null
  readonly linked: boolean
  readonly installScript: boolean
}

/** What a package-lock.json of version 3 holds, without the project itself. */
export function lockedPackages(text: string): readonly LockedPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(text))
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, entry]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version ?? '',
      licence: entry.license ?? null,
      shipped: entry.dev !== true && entry.devOptional !== true,
      integrity: entry.integrity ?? null,
      bundled: entry.inBundle === true,
      from: entry.resolved ?? null,
      linked: entry.link === true,
      installScript: entry.hasInstallScript === true,
    }))
}

/** The project's own. */
export const projectLock = (): readonly LockedPackage[] =>
  lockedPackages(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))
