import type { Occurrence } from '../../judging/call-fact.ts'
import { possibleWords, tellOutcome, worked, wrongCode, wronglyRefused } from '../breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

function breach(occurrence: Occurrence): Breach | null {
  const { situation, call } = occurrence
  if (situation === 'call-after-dismissed-unlock') {
    const wrong = wronglyRefused(occurrence)
    return wrong === null ? null : { ...wrong, kind: `afterwards-${wrong.kind}` }
  }
  const exists = call?.possible?.includes(null) === false
  if (call?.op.op === 'has' && call.outcome.is === 'ok' && call.outcome.value === false && exists)
    return {
      kind: 'has-denied',
      expected: `${possibleWords(call)}, or 'user-cancelled'`,
      seen: tellOutcome(call.outcome),
    }
  return wrongCode(occurrence, ['user-cancelled'])
}

export const requirement: Requirement = {
  id: 'SS-03',
  family: 'SS',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'Where the person dismisses the prompt that would unlock the keyring, the call answers `user-cancelled`, and the next one asks again, or works once the keyring is unlocked.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-754', 'CWE-703'],
  platforms: ['desktop'],
  why: 'Who closes the prompt by mistake is told that nothing was stored, or is not asked again until the app is started anew.',
  advice: 'Take `dismissed` for what it is, and remember nothing of it.',
  sources: ['swiesend/secret-service#39', 'purejava/kdewallet#5', 'Secret Service 0.2: Prompt.Completed'],
  needs: ['keyring-locks', 'keyring-prompts'],
  judges: ['unlock-dismissed', 'call-after-dismissed-unlock'],
  twin: ['round-trip'],
  exempts: ({ keyringPrompts }) =>
    keyringPrompts === 'asks' ? null : 'the vault says that it never asks to unlock the keyring',
  witnesses: (occurrence) => occurrence.situation === 'call-after-dismissed-unlock' && worked(occurrence),
  breach,
}
