import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'TXN-08',
  family: 'TXN',
  level: 'MUST',
  profiles: ['lifecycle'],
  clause:
    'After an acknowledged reset there is no vault: nothing opens, nothing can be read, and `state` says so until it is set up again.',
  threat: 'LEAK',
  cwe: ['CWE-226', 'CWE-459'],
  why: 'Somebody removes all that is stored before they hand the machine on, is told that it is done, and the next one opens it.',
  advice: 'Make what is stored worthless first, remove it, and answer only then.',
  sources: ['evgenyneu/keychain-swift#19', 'oblador/react-native-keychain#590'],
  needs: [],
  judges: ['used-after-reset'],
  twin: ['round-trip'],
  since: '2',
  breach: ({ wrong }) => wrong,
}
