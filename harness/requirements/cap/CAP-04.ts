import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'CAP-04',
  family: 'CAP',
  level: 'MUST',
  profiles: ['capabilities'],
  clause: 'A frame within a page cannot use the page’s grant, or the platforms on which it can are named.',
  threat: 'BYPASS',
  cwe: ['CWE-346', 'CWE-1068'],
  maswe: ['MASWE-0033'],
  why: 'An advertisement in a frame reads what only the page around it was to read.',
  advice: 'Tell frames apart where the platform can; where it cannot, allow no frames in windows with a vault.',
  sources: ['tauri-apps/tauri#8316'],
  excluded:
    'The contract has no profile `capabilities` yet: adapters are called directly, with no window, page or origin between the caller and the vault. It takes real webviews: on Linux and Android the answer differs from that on Windows and macOS.',
}
