import { gaveSomething } from '../../judging/without-keyring.ts'
import { foundSecret, tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'FS-02',
  family: 'FS',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'No file that the vault leaves, be it temporary, holds a value or a PIN in any encoding, and its files alone open nothing that the keyring keeps.',
  threat: 'LEAK',
  cwe: ['CWE-312', 'CWE-313'],
  maswe: ['MASWE-0001'],
  why: 'Whoever copies the disk, a backup or a support bundle has the secret, and the encryption beside it is for show.',
  advice: 'Seal before you write, drafts and caches too, and keep keys where the system guards them.',
  sources: ['signalapp/Signal-Desktop#2609', 'signalapp/Signal-Desktop#6944'],
  needs: ['searched-files'],
  judges: ['files-searched', 'read-after-wipe'],
  twin: ['round-trip'],
  witnesses: ({ situation, call }) => situation === 'files-searched' || call?.outcome.is === 'fail',
  breach: (occurrence) => {
    const { situation, call, seen } = occurrence
    if (situation === 'files-searched') return foundSecret(occurrence, seen?.probe === 'leak' ? seen.where : '')
    if (call === null || !gaveSomething(call.outcome)) return null
    return {
      kind: call.op.op === 'unlock' ? 'opened-by-files' : 'given-by-files',
      expected: 'a refusal: what the keyring held is gone',
      seen: tellOutcome(call.outcome),
    }
  },
}
