import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'CAP-07',
  family: 'CAP',
  level: 'SHOULD',
  profiles: ['capabilities'],
  clause:
    'Grants name what is needed: no wildcard for origins, no set carried over whole, no page without a content security policy.',
  threat: 'BYPASS',
  cwe: ['CWE-749'],
  maswe: ['MASWE-0033'],
  why: 'One line with a star gives every page all that the vault can do.',
  advice: 'Write down each command and each origin; let a lint refuse stars.',
  sources: ['mediar-ai/screenpipe#4862', 'Tauri: Capabilities'],
  excluded:
    'The contract has no profile `capabilities` yet: adapters are called directly, with no window, page or origin between the caller and the vault. It is a lint of files, which no program that is run can decide: a wide grant shows only when somebody uses it.',
}
