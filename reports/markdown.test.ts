import { expect, test } from 'vitest'
import { markdown } from './markdown.ts'
import { sampleFailure, sampleRun, sampleTexts, withAside } from './sample-run.ts'

const page = markdown(sampleRun, sampleTexts)

test('begins with what came of the run, and a line for each target with what its fidelity means', () => {
  expect(
    page.startsWith('# Holdfast\n\n**Something unexpected: PST-01 fails on python-keyring@linux-container.**\n'),
  ).toBe(true)
  expect(page).toContain('- **reference@model** (F0: simulated, by our own control path): store: 9 of 9 held\n')
})

test('tells failures as lists, with the command to run them again', () => {
  expect(page).toContain('## PST-01 (MUST) fails on python-keyring@linux-container\n')
  expect(page).toContain('2. Killed the keyring service and started it again.\n3. **Asked to read "mail"; it failed')
  expect(page).toContain(`\`\`\`sh\nholdfast replay ${sampleFailure.token}\n\`\`\``)
})

test('shows every verdict with its effort, and what the environment really does', () => {
  expect(page).toContain('| PST-01 | A value that the vault calls durable')
  expect(page).toContain('| **fail** | 400 | 40 | 40 |')
  expect(page).toContain('| kernel-reboot | disproven | the boot id stayed the same |')
  expect(page).toContain('| read-after-power-cut | **never** |')
})

test('names the set, and what is later than it', () => {
  expect(page).toContain('Holdfast 0.1.0, set 1, seed 7')
  expect(page).not.toContain('not scored')
  const aside = markdown(withAside('PST-01'), sampleTexts)
  expect(aside).toContain('## PST-01 (MUST) fails on python-keyring@linux-container, not scored\n')
  expect(aside).toContain('store: 8 of 8 held; not scored in set 1: PST-01 (pass)\n')
  expect(aside).toContain('| fail, not scored | 400 |')
})

test('what a vault says can neither break a table nor bring in HTML', () => {
  const hostile = markdown(
    sampleRun.map((record) => (record.type === 'failure' ? { ...record, seen: 'a|b\n<img src=x> `c`' } : record)),
    sampleTexts,
  )
  expect(hostile).toContain('| seen | a\\|b \\<img src=x\\> \\`c\\` |')
})

test('says where a run was cut, and when there is nothing', () => {
  expect(markdown(sampleRun.slice(0, -1), sampleTexts)).toContain('**The run was cut before its end')
  expect(markdown([], sampleTexts)).toContain('nothing to report')
})
