import { expect, test } from 'vitest'
import { findings, type Origin, type Reading } from './findings.ts'
import { sampleFailure, sampleRun, sampleTexts } from './sample-run.ts'

const origin: Origin = {
  repository: 'owner/vault',
  commit: '0123456789abcdef',
  claim: 'Keeps secrets.',
  path: 'fixtures/plugins/vault.ts',
}
const python = 'python-keyring'
const readings: readonly Reading[] = [
  { id: 'R-1', where: 'a.rs', finding: 'kept in memory', shown: [{ port: python, by: 'PST-01' }], unseen: null },
  { id: 'R-2', where: 'b.rs', finding: 'cut | short', shown: [{ port: python, by: 'ENC-01' }], unseen: null },
  { id: 'R-3', where: 'c.rs', finding: 'dead code', shown: [], unseen: 'it never runs' },
]
const page = findings(sampleRun, sampleTexts, () => origin, readings, 'plugins.config.ts')

test('each failure has its clause, its steps, what was expected and seen, and how to run it again', () => {
  expect(page).toContain('[owner/vault](https://github.com/owner/vault/tree/0123456789abcdef) at `0123456`')
  expect(page).toContain('[behavioural port](../fixtures/plugins/vault.ts), F0: to be confirmed on a device.')
  expect(page).toContain('It says of itself: *Keeps secrets.* Of')
  expect(page).toContain('### PST-01 (MUST): A value that the vault calls durable')
  expect(page).toContain('2. Killed the keyring service and started it again.')
  expect(page).toContain('What a user would see: The user reboots and every secret is gone.')
  expect(page).toContain(`npx holdfast replay ${sampleFailure.token} --config plugins.config.ts`)
})
test('what the source says is told with the requirement that shows it, and honestly where none does', () => {
  expect(page).toContain('| R-1 | a.rs | kept in memory | python-keyring: PST-01 |')
  expect(page).toContain('| R-2 | b.rs | cut \\| short | **python-keyring: ENC-01, not found this time** |')
  expect(page).toContain('| R-3 | c.rs | dead code | no behaviour: it never runs |')
})
