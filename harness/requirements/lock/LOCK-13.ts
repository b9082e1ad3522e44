import { foundClosed } from '../../judging/set-apart.ts'
import { blameOf, tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'LOCK-13',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['lifecycle'],
  clause: 'A vault says that it is open only when it has its key: what it is asked next, it does not refuse as locked.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-252', 'CWE-393'],
  why: 'The finger is accepted, the screen opens, and behind it the vault is still locked, without any error.',
  advice: 'Answer an unlock after the key was got and tried, and let its failure be the answer.',
  sources: [
    'bitwarden/clients#9969',
    'bitwarden/clients#15845',
    'bitwarden/clients#16106',
    'anthropics/claude-code#79407',
  ],
  needs: [],
  judges: ['used-after-opening'],
  twin: ['round-trip'],
  breach: ({ call }, description) =>
    call !== null && foundClosed(call, description) && call.outcome.is === 'fail'
      ? {
          kind: call.outcome.failure.code,
          expected: 'an open vault, as it had just said',
          seen: tellOutcome(call.outcome),
          ...blameOf(call.outcome),
        }
      : null,
}
