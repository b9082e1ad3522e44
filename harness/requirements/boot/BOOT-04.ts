import { worked, wronglyRefused } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'BOOT-04',
  family: 'BOOT',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'A vault that was asked before the keyring was there, right after the start of the machine, works once it is there, without being started anew.',
  threat: 'LOSS',
  cwe: ['CWE-362', 'CWE-754'],
  platforms: ['desktop'],
  why: 'The app starts with the session, a second before the keyring is unlocked, and stays signed out until it is quit and started again.',
  advice: 'Keep no failure of the first attempt: look for the keyring again at the next call.',
  sources: ['noctalia-dev/noctalia#4016', 'pop-os/pop#2285', 'pop-os/pop#2195', 'chimera-linux/cports#4791'],
  needs: ['machine-restart', 'keyring-locks', 'keyring-absent'],
  judges: ['call-after-late-keyring'],
  twin: ['round-trip'],
  exempts: ({ keyring }) => (keyring === 'none' ? 'the vault uses no keyring' : null),
  witnesses: worked,
  breach: wronglyRefused,
}
