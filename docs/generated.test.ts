import { expect, test } from 'vitest'
import { pages, refreshed } from './generated.ts'
import { readPage } from './pages.ts'

test.each(pages)('%s has its generated parts as the code makes them', async (page) => {
  const text = readPage(page)
  expect(text, 'run: node docs/update.ts').toBe(await refreshed(text, readPage))
})

test('a part that drifted is made anew, and an unknown one is refused', async () => {
  const stale = '<!-- generated: file a.py -->\nold\n<!-- end -->'
  expect(await refreshed(stale, (path) => `text of ${path}\n`)).toContain('```python\ntext of a.py\n```')
  await expect(refreshed('<!-- generated: nothing -->\n<!-- end -->', () => '')).rejects.toThrow(/nothing/)
})
