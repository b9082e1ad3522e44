import { expect, test } from 'vitest'
import { findings, type Origin, type Reading } from './findings.ts'
import { sampleFailure, sampleRun, sampleTexts } from './sample-run.ts'

const origin: Origin = {
  repository: 'owner/vault',
  commit: '0123456789abcdef',
  follows: 'Its store.',
  leftOut: 'its log.',
}
const readings: readonly Reading[] = [
  { id: 'R-1', finding: 'kept in memory', shownBy: ['PST-01'] },
  { id: 'R-2', finding: 'cut | short', shownBy: ['ENC-01'] },
  { id: 'R-3', finding: 'dead code', shownBy: [], unseen: 'it never runs.' },
]
const page = findings(sampleRun, sampleTexts, () => origin, readings)

test('each failure has its clause, its steps, what was expected and seen, and how to run it again', () => {
  expect(page).toContain('[owner/vault](https://github.com/owner/vault/tree/0123456789abcdef) at `0123456`')
  expect(page).toContain('*Behavioural port, F0: to be confirmed on a device.* Its store. Left out: its log. Of')
  expect(page).toContain('### PST-01 (MUST): A value that the vault calls durable')
  expect(page).toContain('2. Killed the keyring service and started it again.')
  expect(page).toContain('What a user would see: The user reboots and every secret is gone.')
  expect(page).toContain(`npx holdfast replay ${sampleFailure.token}`)
})
test('what the source says is told with the requirement that shows it, and honestly where none does', () => {
  expect(page).toContain('| R-1 | kept in memory | PST-01 |')
  expect(page).toContain('| R-2 | cut \\| short | **not found**, though ENC-01 should |')
  expect(page).toContain('| R-3 | dead code | no behaviour: it never runs. |')
})
