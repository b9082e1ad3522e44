import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { version } from '../harness/cli/version.ts'
import { requirementOf } from '../harness/requirements/index.ts'
import { readStream } from '../harness/stream/read-stream.ts'
import { terminal } from '../reports/terminal.ts'
import { pages, refreshed, withPicture } from './generated.ts'
import { pictureOf } from './picture.ts'
import { proofs } from './proofs.ts'

// node docs/update.ts            makes the generated parts of all pages anew, and the pages of requirements
// node docs/update.ts findings   also docs/findings.md, by judging all published plugins (some seconds)
// node docs/update.ts picture    also the README's picture, from the last `npm start`
const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
for (const page of pages) writeFileSync(join(root, page), await refreshed(read(page), read))
writeFileSync(join(root, 'harness', 'requirements', 'proofs.json'), proofs())
// Only now: they read what was just written.
const { requirementPages } = await import('./requirements.ts')
const requirements = join(root, 'docs', 'requirements')
rmSync(requirements, { recursive: true, force: true })
mkdirSync(requirements)
for (const [name, text] of requirementPages()) writeFileSync(join(requirements, name), text)
if (process.argv[2] === 'findings') {
  const { findingsPage } = await import('./findings.ts')
  writeFileSync(join(root, 'docs', 'findings.md'), await findingsPage(version()))
}
if (process.argv[2] === 'picture') {
  const { records } = readStream(join(root, 'holdfast-report', 'run.ndjson'))
  const report = terminal(records, { texts: requirementOf, columns: 80 })
  writeFileSync(join(root, 'README.md'), withPicture(read('README.md'), pictureOf(report)))
}
