import type { Description } from '../../contract/description.ts'
import type { MappingRow } from '../../contract/mapping.ts'
import type { Occurrence } from '../../judging/call-fact.ts'
import type { Breach, Requirement } from '../requirement.ts'

/** Codes of one domain of native errors that only the text of a message leads to. */
function onlyByText(table: readonly MappingRow[], domain: string | undefined): readonly string[] {
  const codes = (text: boolean) =>
    table
      .filter((row) => row.domain === domain && (row.by === 'text') === text)
      .flatMap(({ to: [first] }) => (first === undefined ? [] : [first]))
  const otherwise = new Set(codes(false))
  return [...new Set(codes(true))].filter((code) => !otherwise.has(code))
}

function breach({ situation, wrong }: Occurrence, { mapping }: Description): Breach | null {
  if (situation !== 'table-declared') return wrong
  for (const domain of new Set(mapping.map((row) => row.domain))) {
    const codes = onlyByText(mapping, domain)
    if (codes.length < 2) continue
    const told = codes.map((code) => `'${code}'`).join(', ')
    return {
      kind: 'by-text',
      expected: 'a number, code, type or token for each condition',
      seen: `${told} can be told apart only by the text of messages${domain === undefined ? '' : ` of ${domain}`}`,
    }
  }
  return null
}

export const requirement: Requirement = {
  id: 'ERR-01',
  family: 'ERR',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause:
    'The same condition is told by the same code in every language: codes do not follow from the text of messages.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-544'],
  why: 'On a German phone the app wipes everything, since the message did not contain "invalidated".',
  advice: 'Give conditions that must be told apart numbers or types, and let no code look at a message.',
  sources: ['digitalfabrik/entitlementcard PR#1845', 'keepassxreboot/keepassxc#11764'],
  needs: ['changes-language'],
  judges: ['table-declared', 'told-in-another-language'],
  twin: ['acknowledged-write', 'recognised'],
  breach,
}
