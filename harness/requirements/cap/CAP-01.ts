import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'CAP-01',
  family: 'CAP',
  level: 'MUST',
  profiles: ['capabilities'],
  clause: 'Without a grant no command of the vault is answered.',
  threat: 'BYPASS',
  cwe: ['CWE-862'],
  maswe: ['MASWE-0033'],
  why: 'Any page that the app shows can ask for the secrets.',
  advice: 'Grant nothing by default, and each command by name.',
  sources: ['Tauri: Capabilities'],
  excluded:
    'The contract has no profile `capabilities` yet: adapters are called directly, with no window, page or origin between the caller and the vault. It takes a page that calls the vault, which the adapters planned for webviews would have.',
}
