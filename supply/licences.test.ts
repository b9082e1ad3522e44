import { expect, it } from 'vitest'
import { licenceFaults, readInVain } from './licences.ts'
import { lockedPackages, projectLock } from './lock-file.ts'

const locked = (license: string | undefined, dev: boolean) =>
  lockedPackages(
    JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/a': { version: '1.0.0', license, dev } } }),
  )

it('every package fits Apache-2.0, and each that was read by hand is there', () => {
  expect(projectLock().length).toBeGreaterThan(100)
  expect(licenceFaults(projectLock())).toEqual([])
  expect(readInVain(projectLock())).toEqual([])
})
it.each([
  ['AGPL-3.0-only', false, 'a@1.0.0 is under AGPL-3.0-only, which Apache-2.0 cannot be shipped with'],
  ['MPL-2.0', false, 'a@1.0.0 is under MPL-2.0, which Apache-2.0 cannot be shipped with'],
  ['AGPL-3.0-only', true, 'a@1.0.0 is under AGPL-3.0-only, which is not for tools either'],
  ['MIT AND GPL-3.0-only', false, 'a@1.0.0 is under MIT AND GPL-3.0-only, which Apache-2.0 cannot be shipped with'],
  ['SEE LICENSE IN x', false, 'a@1.0.0 is under SEE LICENSE IN x, which Apache-2.0 cannot be shipped with'],
  [undefined, false, 'a@1.0.0 tells no licence: read it, and list it in supply/licences.ts or leave it out'],
])('%s, for developers only: %s, is refused', (licence, dev, fault) => {
  expect(licenceFaults(locked(licence, dev))).toEqual([fault])
})
it.each([
  ['MPL-2.0', true],
  ['(MIT OR GPL-3.0-or-later)', false],
])('%s, for developers only: %s, may come', (licence, dev) => {
  expect(licenceFaults(locked(licence, dev))).toEqual([])
})
