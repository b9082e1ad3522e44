import type { Code } from '../../contract/codes.ts'
import type { Occurrence } from '../../judging/call-fact.ts'
import { mustNotOpen, mustOpen, tellOutcome, wrongCode, wrongRead } from '../breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

const refusals: readonly Code[] = ['key-invalidated', 'wrong-key', 'corrupt', 'unavailable']

/** The breach of a call for a vault whose key is in another keyring: served, or denied, as if it had never been. */
function anew(occurrence: Occurrence): Breach | null {
  const { call } = occurrence
  if (call === null) return null
  const { op, outcome } = call
  if (op.op === 'unlock') return mustNotOpen(occurrence, refusals)
  const served =
    outcome.is === 'ok' &&
    (op.op === 'setUp' || op.op === 'put' || outcome.value === 'not-set-up' || outcome.value === false)
  if (served)
    return {
      kind: `${op.op}-${outcome.value === false ? 'denied' : (outcome.value ?? 'ok')}`,
      expected: op.op === 'state' ? "'locked', or a refusal" : 'a refusal',
      seen: tellOutcome(outcome),
    }
  return wrongCode(occurrence, op.op === 'setUp' ? [...refusals, 'already-set-up'] : refusals)
}

export const requirement: Requirement = {
  id: 'PST-09',
  family: 'PST',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'With another keyring provider than the one that holds its key a vault refuses, and makes nothing new over what is stored; back with the first everything is there.',
  threat: 'LOSS',
  cwe: ['CWE-754', 'CWE-636'],
  platforms: ['desktop'],
  why: 'After a change of desktop the app finds no key, makes a new one, and a database of years can be read by nobody.',
  advice:
    'Where data is stored and its key is not found, refuse: a new key is made in set-up alone, and set-up refuses beside old data.',
  sources: [
    'signalapp/Signal-Desktop#6970',
    'flathub/org.signal.Signal#753',
    'frankosterfeld/qtkeychain#242',
    'Electron: safeStorage, getSelectedStorageBackend',
  ],
  needs: ['process-death', 'keyring-present', 'keyring-swapped'],
  judges: ['call-with-other-keyring', 'opened-after-other-keyring', 'read-after-other-keyring'],
  twin: ['round-trip'],
  exempts: ({ keyring }) => {
    if (keyring === 'none') return 'the vault uses no keyring'
    return keyring === 'unlock' ? null : 'all that the vault stores is in the keyring itself, and stays where it is'
  },
  breach: (occurrence) => {
    if (occurrence.situation === 'call-with-other-keyring') return anew(occurrence)
    return occurrence.situation === 'opened-after-other-keyring' ? mustOpen(occurrence) : wrongRead(occurrence)
  },
}
