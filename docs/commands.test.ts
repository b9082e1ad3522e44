import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { commands } from '../harness/cli/commands.ts'
import { readBaseline } from '../harness/judging/baseline.ts'
import { requirementOf } from '../harness/requirements/index.ts'
import { blocksOf, readable, readPage, root } from './pages.ts'
import { runCommand } from './run-command.ts'

const runnable = readable.flatMap((page) =>
  blocksOf(readPage(page))
    .filter(({ info }) => info === 'sh run')
    .map(({ text }) => ({ page, text, title: `${page}: ${text.trim().split('\n').at(-1)}` })),
)
const linux = process.platform === 'linux'
if (!linux) console.warn('SKIPPED: commands of the pages are tried on Linux only.')

test('some pages have commands to run', () => {
  expect(new Set(runnable.map(({ page }) => page)).size).toBeGreaterThan(1)
})

test.skipIf(!linux).each(runnable)('$title', { timeout: 120_000 }, async ({ text }) => {
  const { exit, output, errors } = await runCommand(['bash', '-euo', 'pipefail', '-c', text])
  expect({ exit, said: exit === 0 ? '' : output + errors }).toEqual({ exit: 0, said: '' })
})

/** The address that a heading has on a page. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')
const anchorsOf = (page: string): readonly string[] =>
  [...page.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))

describe.each(readable)('%s', (page) => {
  const text = readPage(page)
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^\w+:/.test(link))

  it('links to what exists', () => {
    for (const link of links) {
      const [path = '', anchor] = link.split('#')
      const to = path === '' ? page : normalize(join(dirname(page), path))
      expect(existsSync(join(root, to)), link).toBe(true)
      if (anchor !== undefined) expect(anchorsOf(readPage(to)), link).toContain(anchor)
    }
  })
  it('names commands and flags that exist', async () => {
    const code = [...text.matchAll(/`([^`\n]+)`|^(?: {4}|- run: )?(npx holdfast .+)$/gm)].map(
      (found) => found[1] ?? found[2] ?? '',
    )
    for (const line of [...code, ...blocksOf(text).flatMap((block) => block.text.split('\n'))]) {
      const [, name, rest = ''] = /\bholdfast ([a-z]+)\b(.*)/.exec(line) ?? []
      if (name === undefined || !/(^|npx |run: )holdfast /.test(line.trim())) continue
      const entry = commands.find((command) => command.name === name)
      expect(entry, line).toBeDefined()
      const { flags = {} } = (await entry?.load()) ?? {}
      for (const [, flag = ''] of rest.replace(/#.*/, '').matchAll(/ --([a-z-]+)/g))
        expect(flags, line).toHaveProperty(flag)
    }
  })
  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(readPage('package.json')) as { scripts: Record<string, string> }
    for (const [, script = ''] of text.matchAll(/`npm run (?:--silent )?([a-z-]+)/g))
      expect(scripts).toHaveProperty(script)
  })
  it('names files that exist', () => {
    for (const [, path = ''] of text.matchAll(/`((?:harness|devices|fixtures|reports|setup|docs|bin)\/[\w./-]+)`/g))
      expect(existsSync(join(root, path)), path).toBe(true)
  })
})

test('the pages are all pages', () => {
  const inDocs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))
  for (const name of inDocs) expect(readable).toContain(`docs/${name}`)
})

test('the baseline of the page is one', () => {
  const text = blocksOf(readPage('docs/reports.md')).find(({ info }) => info === 'json baseline')?.text ?? ''
  expect(readBaseline(text, 'docs/reports.md', (id) => requirementOf(id) !== undefined).known).toHaveLength(1)
})
