import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'LOG-02',
  family: 'LOG',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['desktop'],
  clause: 'No secret is in the arguments or the environment of any process that the vault starts, or of its own.',
  threat: 'LEAK',
  cwe: ['CWE-214', 'CWE-526'],
  why: 'Everybody on the machine who lists its processes reads the secret, and shells and audit logs keep it.',
  advice: 'Give a secret to a command through its standard input or a pipe, or call a library in its place.',
  sources: ['zalando/go-keyring#84', 'proc(5), /proc/pid/cmdline'],
  needs: ['seen-processes'],
  judges: ['process-seen'],
  twin: ['acknowledged-write'],
  breach: ({ seen }) =>
    seen?.probe === 'leak'
      ? {
          kind: seen.where,
          expected: 'no trace of any secret',
          seen: `secret #${seen.canary} as ${seen.encoding} in the ${seen.where} of a process`,
        }
      : null,
}
