import { count } from '../../contract/count.ts'
import type { Occurrence } from '../../judging/call-fact.ts'
import { tellOutcome } from '../breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

function breach({ call }: Occurrence): Breach | null {
  if (call === null || call.footprint === null) return null
  const { before, after, secretReads } = call.footprint
  if (after !== before)
    return { kind: 'leftover', expected: `${count(before, 'item')} kept, as before`, seen: count(after, 'item') }
  if (secretReads > 0)
    return { kind: 'secret-read', expected: 'no secret read', seen: `${count(secretReads, 'secret')} read` }
  if (call.outcome.is !== 'ok' || call.outcome.value === null)
    return { kind: 'no-answer', expected: 'an answer in every state of the keyring', seen: tellOutcome(call.outcome) }
  return null
}

export const requirement: Requirement = {
  id: 'AVL-01',
  family: 'AVL',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'Asking whether the vault could be used leaves nothing behind, reads no secret and shows no prompt.',
  threat: 'COST',
  cwe: ['CWE-459', 'CWE-1068'],
  why: 'A check at start-up raises a prompt out of nowhere, or litters the keyring with test entries.',
  advice: 'Ask the service for its state; never write, read and delete a probe entry.',
  sources: ['firebase/firebase-ios-sdk PR#16505', 'anthropics/claude-code#86616'],
  needs: ['counted-items'],
  needsOnPhones: ['counted-kept-items'],
  judges: ['availability-probe'],
  twin: ['round-trip'],
  exempts: ({ operations }) => (operations.includes('availability') ? null : "the vault has no 'availability'"),
  breach,
}
