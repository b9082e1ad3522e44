import { blameOf } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'TXN-02',
  family: 'TXN',
  level: 'MUST',
  profiles: ['lifecycle'],
  clause: 'A set-up or reset that is killed at any point leaves a vault that can be set up or opened.',
  threat: 'LOSS',
  cwe: ['CWE-1250', 'CWE-459'],
  why: 'The app says "already set up" and "cannot open" for ever; only deleting its data helps.',
  advice: 'Make one write decide that the vault exists, and let set-up finish or discard what an earlier one left.',
  sources: ['decentpaste manager.rs destroy()', 'safe-global/safe-ios#2880'],
  needs: ['process-death', 'ordered-effects'],
  judges: ['half-set-up'],
  twin: ['half-set-up'],
  breach: ({ wrong, call }) => (wrong === null || call === null ? wrong : { ...wrong, ...blameOf(call.outcome) }),
  witnesses: ({ call }) => call?.outcome.is === 'ok',
}
