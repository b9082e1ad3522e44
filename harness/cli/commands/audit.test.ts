import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { signCheckpoint } from '../../../reference/audit/checkpoint.ts'
import { encodeAnchor, encodeExport } from '../../../reference/audit/export.ts'
import { bytesOf, chained, headOf, sampleOrigin } from '../../../reference/audit/sample-log.ts'
import { noteSigner } from '../../../reference/audit/signed-note.ts'
import { holdfast } from '../dispatch.ts'
import { fakeShell } from '../fake-shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-audit-'))
afterAll(() => rmSync(folder, { recursive: true }))

const signer = noteSigner(sampleOrigin, Buffer.alloc(32, 7))
const stranger = noteSigner(sampleOrigin, Buffer.alloc(32, 8))
const events = ['a', 'b', 'c', 'd', 'e'].map((subject) => ({ action: 'put', subject }))
const lines = chained(events)
const forged = chained(events.with(1, { action: 'forged', subject: 'b' }))
const exported = (of: readonly string[], by = signer, text = bytesOf(of)) =>
  encodeExport({ verifier: by.verifier, checkpoint: signCheckpoint(headOf(of), by), lines: text })
const anchor = (of: readonly string[], by = signer) =>
  encodeAnchor({ verifier: by.verifier, checkpoint: signCheckpoint(headOf(of), by) })

const files: Readonly<Record<string, string | Uint8Array>> = {
  log: exported(lines),
  'cut.log': exported(lines.slice(0, 3)),
  'edited.log': exported(lines, signer, bytesOf(lines.with(3, (lines[3] ?? '').replace('"d"', '"x"')))),
  'rewritten.log': exported(forged),
  'foreign.log': exported(forged, stranger),
  'torn.log': exported(lines).slice(0, 90),
  empty: '',
  anchor: anchor(lines.slice(0, 3)),
  'latest.anchor': anchor(lines),
  'strange.anchor': anchor(lines, stranger),
}
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)

const run = async (...args: readonly string[]) => {
  const shell = fakeShell(folder)
  const exit = await holdfast(['audit', ...args], shell)
  return { exit, said: shell.said.out() + shell.said.err() }
}

test.each<readonly [readonly string[], number, string]>([
  [['verify', 'log'], 0, 'log verifies: 5 entries of example.org/log, root '],
  [['verify', 'log'], 0, 'is the whole and the latest log is not shown.'],
  [['verify', 'log', '--anchor', 'anchor'], 0, "It goes on from the anchor's 3 entries."],
  [['verify', 'log', '--anchor', 'cut.log'], 0, "It goes on from the anchor's 3 entries."],
  [['verify', 'cut.log'], 0, '3 entries'],
  [
    ['verify', 'cut.log', '--anchor', 'latest.anchor'],
    1,
    'cut.log does not verify: at entry 3, the newest entries are missing.\n',
  ],
  [['verify', 'edited.log'], 1, 'edited.log does not verify: at entry 3, the entry was changed, or is no entry.\n'],
  [['verify', 'rewritten.log'], 0, '5 entries'],
  [
    ['verify', 'rewritten.log', '--anchor', 'anchor'],
    1,
    'at entry 0, entries that the anchor has seen were written anew.\n',
  ],
  [
    ['verify', 'foreign.log', '--anchor', 'anchor'],
    1,
    'foreign.log does not verify: the note is not signed by the key of this log.\n',
  ],
  [
    ['verify', 'log', '--anchor', 'strange.anchor'],
    1,
    'log does not verify: the note is not signed by the key of this log.\n',
  ],
  [['verify', 'torn.log'], 1, 'torn.log does not verify: the audit log is cut short.\n'],
  [['verify', 'empty'], 2, 'holdfast: empty is of another kind: it is no audit log.\n'],
  [['verify', 'anchor'], 2, 'holdfast: anchor is of another kind: it is no audit log.\n'],
  [['verify', 'absent'], 2, 'holdfast: absent could not be read: '],
  [['verify', '.'], 2, 'holdfast: . could not be read: '],
  [['verify', 'log', '--anchor', 'empty'], 2, 'holdfast: empty is of another kind: it is no audit anchor.\n'],
  [['verify'], 2, 'holdfast audit needs FILE'],
  [['check', 'log'], 2, 'holdfast audit does not know "check"'],
  [['verify', 'log', '--inclusion', '5'], 2, 'the log has 5 entries, counted from 0, and none is "5".'],
  [['verify', 'log', '--inclusion', '-1'], 2, 'none is "-1".'],
  [['verify', 'log', '--consistency'], 2, '--consistency needs --anchor FILE'],
])('holdfast audit %j: exit code %i', async (args, exit, words) => {
  const told = await run(...args)
  expect(told.said).toContain(words)
  expect(told.exit).toBe(exit)
})

test('prints proofs that somebody else can check', async () => {
  const { said } = await run('verify', 'log', '--anchor', 'anchor', '--inclusion', '2', '--consistency')
  const hashes = said.split('\n').filter((line) => line.startsWith('  '))
  // The leaf, three hashes of its path, and the four that lead from 3 entries to 5.
  expect(hashes).toHaveLength(1 + 3 + 4)
  expect(said).toContain('Entry 2 is included:\n')
  expect(said).toContain('From 3 to 5 entries:\n')
})
