import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The root of the project. */
export const root = join(import.meta.dirname, '..')

/** Pages that people read, from the root. */
export const readable = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/adapters.md',
  'docs/architecture.md',
  'docs/findings.md',
  'docs/vm.md',
  'docs/kill-matrix.md',
  'docs/linux.md',
  'docs/mutants.md',
  'docs/persistence.md',
  'docs/phones.md',
  'docs/platforms.md',
  'docs/reference-vault.md',
  'docs/reports.md',
  'docs/adding-a-requirement.md',
  ...globSync('docs/requirements/*.md', { cwd: root }).map((page) => page.replaceAll('\\', '/')),
].filter((page) => existsSync(join(root, page)))

export const readPage = (path: string): string => readFileSync(join(root, path), 'utf8')

export interface Block {
  /** What stands behind the opening fence: `sh run`. */
  readonly info: string
  readonly text: string
}

/** The fenced blocks of a page. */
export const blocksOf = (page: string): readonly Block[] =>
  [...page.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, info = '', text = '']) => ({ info: info.trim(), text }))
