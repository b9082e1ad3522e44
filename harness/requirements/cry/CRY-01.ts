import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CRY-01',
  family: 'CRY',
  level: 'MUST',
  profiles: ['lifecycle'],
  clause:
    'No nonce serves twice under one key: what lies in the files tells nothing of two values together, nor whether one was written again.',
  threat: 'LEAK',
  cwe: ['CWE-323'],
  maswe: ['MASWE-0007'],
  why: 'Who has two copies of the vault, as every backup gives, has the difference of two secrets, and can forge a third.',
  advice: 'Draw each nonce from the system’s random source; never fix it, derive it from a name, or count in memory.',
  sources: [
    'mCodex/react-native-sensitive-info#308',
    'mCodex/react-native-sensitive-info#436',
    'ReversecLabs/android-keystore-audit#1',
    'mjwheatley/cordova-plugin-android-fingerprint-auth#143',
    'NIST SP 800-38D, 8',
  ],
  needs: ['reachable-files'],
  judges: ['sealed-and-compared'],
  twin: ['acknowledged-write'],
  breach: ({ seen }) => {
    if (seen?.probe !== 'ciphertexts' || seen.sharing + seen.repeated === 0) return null
    return {
      kind: seen.sharing > 0 ? 'keystream' : 'same-bytes',
      expected: 'ciphertexts that tell nothing of the values',
      seen:
        seen.sharing > 0
          ? 'two ciphertexts that differ exactly as their values do'
          : 'the same bytes for the same value, written twice',
    }
  },
}
