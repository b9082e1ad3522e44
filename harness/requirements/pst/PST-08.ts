import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'PST-08',
  family: 'PST',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['linux'],
  clause:
    'Values that expire when nobody uses them are told as gone by that, and the vault says beforehand how long they live.',
  threat: 'LOSS',
  cwe: ['CWE-1068'],
  why: 'After a long weekend the app has forgotten its user.',
  advice:
    'Do not keep secrets in the kernel’s keyring for longer than a session; where you do, say `until-reboot` and name the days.',
  sources: ['man 7 persistent-keyring', 'open-source-cooperative/keyring-rs#137'],
  excluded:
    'The kernel counts three days before it drops such a keyring. The number can be lowered only for the whole machine, since containers share its kernel, and no test may do that to somebody’s machine. It takes a virtual machine with a kernel of its own.',
}
