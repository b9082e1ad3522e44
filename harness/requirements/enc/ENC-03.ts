import { isPart, wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENC-03',
  family: 'ENC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'A value that was acknowledged is never read back in part, and no part of it becomes an entry of its own.',
  threat: 'LOSS',
  cwe: ['CWE-222', 'CWE-88'],
  why: 'A key that was cut opens nothing, and what a line-based tool did not take as the value it takes as the next command.',
  advice:
    'Compare what you hand over with what your backend takes, and refuse what does not fit; never go through lines.',
  sources: ['zalando/go-keyring#84', 'zalando/go-keyring PR#86'],
  needs: [],
  judges: ['large-value', 'wide-value', 'listed-after-large'],
  twin: ['round-trip'],
  witnesses: ({ call }) => call?.outcome.is === 'ok' && call.op.op !== 'put',
  breach: (occurrence) => occurrence.wrong ?? (isPart(occurrence) ? wrongRead(occurrence) : null),
}
