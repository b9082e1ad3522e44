import { wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'PST-02',
  family: 'PST',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['desktop'],
  clause:
    'A vault that says its values outlive the process keeps them when the process is killed: no silent store in memory.',
  threat: 'LOSS',
  cwe: ['CWE-455', 'CWE-392'],
  why: 'Saving works all day, and after the next start everything is gone.',
  advice: 'Refuse to start without a real backend instead of falling back to one in memory.',
  sources: ['jaraco/keyring#690', 'jaraco/keyring#541'],
  needs: ['process-death'],
  judges: ['read-after-kill'],
  twin: ['acknowledged-write'],
  exempts: ({ durability, platform = 'desktop' }) => {
    if (platform !== 'desktop') return 'a rule for desktops; on a phone TXN-03 is judged by a kill'
    return durability === 'process' ? "the vault says that values live 'process'" : null
  },
  breach: wrongRead,
}
