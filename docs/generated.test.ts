import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { requirements } from '../harness/requirements/index.ts'
import { rows } from '../harness/requirements/rows.ts'
import { pages, refreshed } from './generated.ts'
import { readPage, root } from './pages.ts'
import { proofs } from './proofs.ts'
import { requirementPages } from './requirements.ts'
import { sourceLink } from './source-link.ts'

test.each(pages)('%s has its generated parts as the code makes them', async (page) => {
  const text = readPage(page)
  expect(text, 'run: node docs/update.ts').toBe(await refreshed(text, readPage))
})

test('harness/requirements/proofs.json names the known-bad vaults, and every check has one', () => {
  expect(readPage('harness/requirements/proofs.json'), 'run: node docs/update.ts').toBe(proofs())
  const proven = Object.keys(JSON.parse(proofs()) as object)
  expect(requirements.map(({ id }) => id).filter((id) => !proven.includes(id))).toEqual([])
})

test('docs/requirements has a page for each family, as the rows say', () => {
  const made = requirementPages()
  expect(readdirSync(join(root, 'docs', 'requirements')).toSorted()).toEqual([...made.keys()].toSorted())
  for (const [name, text] of made) expect(readPage(`docs/requirements/${name}`), 'run: node docs/update.ts').toBe(text)
  for (const { id, family, clause } of rows) {
    const page = made.get(`${family.toLowerCase()}.md`)
    expect(page).toContain(`\n## ${id}\n`)
    expect(page).toContain(`> ${clause}\n`)
  }
})

test('sources lead to where they can be read', () => {
  expect(sourceLink('expo/expo#22312')).toBe('https://github.com/expo/expo/issues/22312')
  expect(sourceLink('flutter/plugins PR#2441')).toBe('https://github.com/flutter/plugins/pull/2441')
  expect(sourceLink('impierce/tauri-plugin-keystore remove()')).toBe(
    'https://github.com/impierce/tauri-plugin-keystore',
  )
  expect(sourceLink('decentpaste vault/storage.rs read_vault')).toBe('https://github.com/decentpaste/decentpaste')
  expect(sourceLink('open(2), mode and umask')).toBe('https://man7.org/linux/man-pages/man2/open.2.html')
  expect(sourceLink('man 7 persistent-keyring')).toContain('/man7/persistent-keyring.7.html')
  expect(sourceLink('RFC 9106')).toBe('https://www.rfc-editor.org/rfc/rfc9106')
  expect(sourceLink('AOSP system/security 6946daa')).toBeNull()
  const unlinked = rows.flatMap(({ sources }) => sources).filter((source) => sourceLink(source) === null)
  expect(unlinked.length).toBeLessThan(rows.length / 10)
})

test('a part that drifted is made anew, and an unknown one is refused', async () => {
  const stale = '<!-- generated: file a.py -->\nold\n<!-- end -->'
  expect(await refreshed(stale, (path) => `text of ${path}\n`)).toContain('```python\ntext of a.py\n```')
  await expect(refreshed('<!-- generated: nothing -->\n<!-- end -->', () => '')).rejects.toThrow(/nothing/)
})
