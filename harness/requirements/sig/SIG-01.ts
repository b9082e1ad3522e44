import { foundSecret } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'SIG-01',
  family: 'SIG',
  level: 'MUST',
  profiles: ['signing'],
  clause:
    'No answer, file, output or attribute holds the signing key, and each signature asks the person as the vault says.',
  threat: 'BYPASS',
  cwe: ['CWE-522', 'CWE-306'],
  maswe: ['MASWE-0016', 'MASWE-0003'],
  why: 'A copy of the key signs payments on another machine; or one touch signs a hundred.',
  advice:
    'Make the key in hardware, not exportable, bound to an authentication for each use; without hardware, keep it in the keyring alone. Whether a key can leave its hardware only a real device shows: that is not decided here.',
  sources: ['Android: Keystore', 'Apple: Protecting keys with the Secure Enclave'],
  needs: ['captured-output', 'searched-files', 'confirming-person'],
  judges: ['signature-asked', 'signing-key-searched'],
  twin: ['transaction-signed'],
  since: '2',
  exempts: ({ signing }) =>
    signing?.asks === 'each' || signing?.keys === 'given'
      ? null
      : 'it says that it asks nobody and takes no key, so that there is nothing to look for',
  breach: (occurrence) => {
    const { seen, wrong } = occurrence
    if (seen?.probe !== 'leak') return wrong
    const found = foundSecret(occurrence, seen.where)
    return found === null ? null : { ...found, kind: `key-in-${seen.in}` }
  },
}
