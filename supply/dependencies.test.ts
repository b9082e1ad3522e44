import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { dependencyFaults, type Manifest } from './dependencies.ts'
import { lockedPackages, projectLock } from './lock-file.ts'

const versions = z.record(z.string(), z.string())
const manifest = z
  .object({ dependencies: versions, devDependencies: versions, allowScripts: z.record(z.string(), z.boolean()) })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')))
const integrity = 'sha512-AA=='
const faults = (entry: object, change: Partial<Manifest> = {}) =>
  dependencyFaults(
    { dependencies: {}, devDependencies: {}, allowScripts: {}, ...change },
    lockedPackages(
      JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/a': { version: '1.0.0', ...entry } } }),
    ),
  )

it('the dependencies of the project pass the review', () => {
  expect(dependencyFaults(manifest, projectLock())).toEqual([])
})
it('and so does one that is pinned, has a digest and runs nothing', () => {
  expect(faults({ integrity }, { dependencies: { a: '1.0.0' } })).toEqual([])
})
it.each([
  ['a range', { integrity }, { dependencies: { a: '^1.0.0' } }, /"\^1\.0\.0": name one exact version/],
  [
    'a repository',
    { integrity, resolved: 'git+ssh://git@example.com/a.git#main' },
    {},
    /only packages of the registry/,
  ],
  ['a folder', { link: true }, {}, /a link to a folder/],
  ['no digest', {}, {}, /a@1\.0\.0 has no digest/],
  [
    'a script that nobody decided on',
    { integrity, hasInstallScript: true },
    {},
    /install script of a may run is not decided/,
  ],
  ['a decision on nothing', { integrity }, { allowScripts: { a: false } }, /decides on a, which has no install script/],
])('%s does not', (_, entry, change, told) => {
  expect(faults(entry, change)).toEqual([expect.stringMatching(told)])
})
