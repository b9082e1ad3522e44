import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'PST-12',
  family: 'PST',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['windows'],
  clause: 'A change of the password or PIN of the system has an effect that is named, and a code.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393'],
  why: 'The PIN of the machine is changed, the keys are gone, and the app says nothing of either.',
  advice: 'Find out what your store does then, say so, and answer `key-invalidated` afterwards.',
  sources: ['sirAndros/KeePassWinHello#55', 'sirAndros/KeePassWinHello#60'],
  excluded:
    'Needs Windows, whose stores drop keys with the password or PIN: nothing here runs Windows. The same on phones is judged by ENR-06 and ENR-09.',
}
