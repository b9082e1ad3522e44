import { expect, test } from 'vitest'
import { version } from '../harness/cli/version.ts'
import { findingsPage } from './findings.ts'
import { readPage } from './pages.ts'

test('docs/findings.md tells what the ports do now', { timeout: 600_000 }, async () => {
  // Compared by lines, so that a difference is told as one.
  expect((await findingsPage(version())).split('\n'), 'run: node docs/update.ts findings').toEqual(
    readPage('docs/findings.md').split('\n'),
  )
})
