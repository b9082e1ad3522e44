import { blameOf, lostWrite, tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CONC-07',
  family: 'CONC',
  level: 'MUST',
  profiles: ['store'],
  platforms: ['desktop'],
  clause:
    'Of what two processes of one app write into the same vault nothing is lost once it was acknowledged: neither removes or overwrites what the other wrote elsewhere, and what both leave can be opened and listed.',
  threat: 'LOSS',
  cwe: ['CWE-413', 'CWE-362'],
  why: 'A second window or a command line beside the app, and the tokens of one of them are gone, or the whole keychain.',
  advice:
    'One item for each entry; where there is an index, change it under a lock that all processes take. Never delete what reads back as something else than you wrote.',
  sources: [
    'vybestack/llxprt-code#2927',
    'anthropics/claude-code#86616',
    'anthropics/claude-code#88583',
    'firezone/firezone#3363',
    'open-source-cooperative/keyring-rs#163',
  ],
  needs: ['several-processes', 'process-death'],
  judges: ['left-by-two-processes'],
  twin: ['acknowledged-write'],
  exempts: ({ processes }) => (processes === 'one' ? 'the vault says that one process at a time has it open' : null),
  breach: (occurrence) => {
    const { call } = occurrence
    if (call === null) return null
    if (call.deviation !== null) return lostWrite(occurrence)
    const whole = call.op.op === 'unlock' || call.op.op === 'list'
    return whole && call.outcome.is !== 'ok'
      ? {
          kind: `${call.op.op}-${call.outcome.is === 'fail' ? call.outcome.failure.code : call.outcome.why}`,
          expected: 'ok',
          seen: tellOutcome(call.outcome),
          ...blameOf(call.outcome),
        }
      : null
  },
}
