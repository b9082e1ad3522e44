import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'CRY-05',
  family: 'CRY',
  level: 'MUST',
  profiles: ['lifecycle'],
  clause: 'Decryption by an older scheme is bounded: what it opens is sealed anew by the newer one.',
  threat: 'BYPASS',
  cwe: ['CWE-757'],
  maswe: ['MASWE-0007'],
  why: 'The weak format is accepted for ever, so who can write the files goes on using it.',
  advice: 'Try the older scheme only for files that name it, seal anew at once, and end it with a version.',
  sources: ['axelarnetwork/tofnd#341'],
  excluded:
    'It takes files that an older version of the vault wrote, and a program begins with an empty vault: there is no way yet to hand it such files. The reference has had one format only. That nothing unauthenticated opens is judged by CRY-04.',
}
