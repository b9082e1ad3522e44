import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { npmEnvironment, staleness } from './dependencies.mjs'

const there = () => true
const a = { version: '1.0.0', integrity: 'sha512-a' }
const lock = { packages: { '': {}, 'node_modules/a': a, 'node_modules/other-system': { ...a, optional: true } } }
const installed = { packages: { 'node_modules/a': a } }

describe('staleness', () => {
  it('is none where all that is locked is installed; what is optional may lack', () => {
    expect(staleness(lock, installed, there)).toBeNull()
  })

  it.each([
    ['nothing was ever installed', lock, null, there],
    ['a package is not installed', lock, { packages: {} }, there],
    ['a version differs', lock, { packages: { 'node_modules/a': { ...a, version: '1.0.1' } } }, there],
    ['a content differs', lock, { packages: { 'node_modules/a': { ...a, integrity: 'sha512-b' } } }, there],
    ['a file was deleted', lock, installed, (path: string) => path !== 'node_modules/a/package.json'],
    ['a package is left over', lock, { packages: { 'node_modules/a': a, 'node_modules/a/node_modules/b': a } }, there],
  ])('is seen when %s', (_, locked, found, exists) => {
    expect(staleness(locked, found, exists)).toEqual(expect.any(String))
  })
})

it('keeps npm off the programs that it replaces', () => {
  const own = join('/clone', 'node_modules', '.bin')
  const path = [own, '/usr/bin'].join(delimiter)
  expect(npmEnvironment('/clone', { PATH: path, HOME: '/home/ada' })).toEqual({ PATH: '/usr/bin', HOME: '/home/ada' })
})
