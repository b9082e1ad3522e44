import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'CAP-05',
  family: 'CAP',
  level: 'MUST',
  profiles: ['capabilities'],
  clause: 'A grant that is taken from a window is not left with its webview, nor the other way round.',
  threat: 'BYPASS',
  cwe: ['CWE-863'],
  maswe: ['MASWE-0033'],
  why: 'The window lost its permission, and the page in it still has it under its own label.',
  advice: 'Look grants up by both labels, and test their removal, not only their presence.',
  sources: ['different-ai-studio/teamclu PR#924'],
  excluded:
    'The contract has no profile `capabilities` yet: adapters are called directly, with no window, page or origin between the caller and the vault. It takes windows and webviews with labels of their own, as callers in a program.',
}
