import type { Occurrence } from '../../judging/call-fact.ts'
import { possibleWords, tellOutcome } from '../breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

function breach({ call }: Occurrence): Breach | null {
  if (call === null) return null
  const { outcome, op } = call
  const denied =
    (outcome.is === 'fail' && (outcome.failure.code === 'not-found' || outcome.failure.code === 'not-set-up')) ||
    (outcome.is === 'ok' && op.op === 'has' && outcome.value === false)
  if (denied)
    return {
      kind: `${op.op}-denied`,
      expected: `${op.op === 'has' ? 'yes' : possibleWords(call)}, or 'store-locked'`,
      seen: tellOutcome(outcome),
    }
  return null
}

export const requirement: Requirement = {
  id: 'SS-04',
  family: 'SS',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['desktop'],
  clause: 'While the keyring is locked, what exists is never called absent.',
  threat: 'LOSS',
  cwe: ['CWE-393'],
  why: 'After a login that did not unlock the keyring the app believes that nothing was stored, and sets up anew over it.',
  advice: 'Look at the locked results of a search too, and answer `store-locked`.',
  sources: ['noctalia-dev/noctalia#4016', 'Secret Service 0.2: SearchItems'],
  needs: ['keyring-locks'],
  judges: ['existing-while-locked'],
  twin: ['acknowledged-write'],
  exempts: ({ keyring }) => (keyring === 'none' ? 'the vault uses no keyring' : null),
  witnesses: ({ call }) => {
    if (call === null) return false
    const { outcome, op } = call
    if (outcome.is === 'fail') return outcome.failure.code === 'store-locked'
    return (
      op.op === 'get' && call.deviation === null && call.possible?.every((value) => value?.kind !== 'empty') === true
    )
  },
  breach,
}
