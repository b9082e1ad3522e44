import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'SS-08',
  family: 'SS',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['linux'],
  clause: 'A changed secret of the portal is told as such, and items under another secret stay readable.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393'],
  why: 'After a reinstallation the sandboxed app cannot read its keyring any more, and cannot say why.',
  advice: 'Keep which secret an item was sealed with, and tell a wrong one apart from damage.',
  sources: ['linux-credentials/oo7#463', 'theCapypara/field-monitor#18'],
  excluded:
    'Needs the Secret portal of a sandbox: an application id and a portal that hands out a secret for it. `linux-container` has neither, and a portal of our own making would hand out what we think that it should.',
}
