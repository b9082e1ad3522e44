import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CONC-11',
  family: 'CONC',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause: "No call holds the app's main thread while the person is asked.",
  threat: 'HANG',
  cwe: ['CWE-833'],
  platforms: ['android', 'ios'],
  why: 'The screen behind the prompt turns black, and the system offers to close the app.',
  advice:
    'Let the prompt call back, or wait for it on a thread of your own: neither a lock nor a blocking read of the keychain belongs on the main one.',
  sources: [
    'oblador/react-native-keychain#309',
    'oblador/react-native-keychain#525',
    'oblador/react-native-keychain PR#576',
    'Apple: SecItemCopyMatching blocks the calling thread',
  ],
  needs: ['seen-prompts', 'watched-main-thread'],
  judges: ['main-thread-while-asking'],
  twin: ['acknowledged-write', 'gated'],
  breach: ({ seen }) =>
    seen?.probe === 'main-thread-held'
      ? { kind: 'held', expected: 'a main thread that goes on', seen: 'one that waited for the person' }
      : null,
}
