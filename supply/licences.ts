import satisfies from 'spdx-satisfies'
import type { LockedPackage } from './lock-file.ts'

/** Licences that a work under Apache-2.0 may be shipped with: they ask for no more than a notice. */
const withApache = [
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Zlib',
  'WTFPL',
]
/** Tools of developers that are not shipped may ask for their own changes to be published, and texts for a name. */
const forDevelopers = [
  ...withApache,
  'MPL-2.0',
  'LGPL-3.0-or-later',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'PSF-2.0',
  'Python-2.0',
  'Artistic-2.0',
]

/** Packages that tell their licence in a file and not in the lock file, or in words that are no expression of SPDX; each was read. */
const read: Readonly<Record<string, string>> = {
  'buildcheck@0.0.7': 'MIT',
  'cpu-features@0.0.10': 'MIT',
  'ssh2@1.17.0': 'MIT',
  'css-value@0.0.1': 'MIT',
  'ftp-response-parser@1.0.1': 'MIT',
  'parse-listing@1.1.3': 'MIT',
  'unorm@1.6.0': 'MIT OR GPL-2.0',
}

/** Why each package that may not come along may not; none where all may. */
export function licenceFaults(packages: readonly LockedPackage[]): readonly string[] {
  return packages.flatMap(({ name, version, licence, shipped }) => {
    const package_ = `${name}@${version}`
    const told = read[package_] ?? licence
    if (told === null)
      return [`${package_} tells no licence: read it, and list it in supply/licences.ts or leave it out`]
    if (fits(told, shipped ? withApache : forDevelopers)) return []
    return [
      `${package_} is under ${told}, which ${shipped ? 'Apache-2.0 cannot be shipped with' : 'is not for tools either'}`,
    ]
  })
}

function fits(expression: string, allowed: readonly string[]): boolean {
  try {
    return satisfies(expression, [...allowed])
  } catch {
    return false
  }
}

/** Entries of the list of licences that were read for packages that are gone. */
export const readInVain = (packages: readonly LockedPackage[]): readonly string[] =>
  Object.keys(read).filter((wanted) => !packages.some(({ name, version }) => `${name}@${version}` === wanted))
