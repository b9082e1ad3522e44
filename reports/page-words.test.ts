import { expect, it } from 'vitest'
import type { Caller } from '../harness/contract/capabilities.ts'
import { byPage, grantWords } from './page-words.ts'

const page: Caller = { window: 'main', webview: 'a"b', url: 'tauri://localhost/', platform: 'linux' }

it('says which page asked, and whether a frame in it', () => {
  const where = 'the page tauri://localhost/ in webview "a\\"b" of window "main", on linux'
  expect(byPage(page)).toBe(`, by ${where}`)
  expect(byPage({ ...page, frame: true })).toBe(`, by a frame in ${where}`)
})

it('says what is granted to whom', () => {
  expect(grantWords([])).toBe('Asked to grant pages nothing')
  const scoped = {
    identifier: 'vault:allow-get',
    allow: [{ name: 'a' }, { name: 'b' }],
    deny: [{ name: 'b' }],
  } as const
  expect(
    grantWords([
      { identifier: 'one', windows: ['main'], webviews: ['side'], permissions: ['vault:default', { ...scoped }] },
      {
        identifier: 'two',
        local: false,
        remote: { urls: ['https://app.example'] },
        platforms: ['linux'],
        permissions: [],
      },
    ] as Parameters<typeof grantWords>[0]),
  ).toBe(
    'Asked to grant to own pages in windows "main" or webviews "side": vault:default, vault:allow-get of "a", "b" but not of "b"; ' +
      'and to pages of https://app.example in no window on linux: nothing',
  )
})
