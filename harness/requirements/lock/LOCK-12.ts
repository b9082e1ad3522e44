import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'LOCK-12',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  platforms: ['android', 'ios'],
  clause: 'The vault asks nothing of the platform that no phone allows: such combinations are refused before a prompt.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-573'],
  why: 'The first prompt throws on every device, since a weak sensor was allowed beside a key.',
  advice:
    'Check authenticators, key and prompt against each other when the vault is made, not when the person is asked.',
  sources: ['Cap-go/capacitor-native-biometric PR#102', 'androidx BiometricPrompt reference'],
  needs: ['seen-prompts'],
  judges: ['rule-of-platform'],
  twin: ['acknowledged-write', 'gated'],
  breach: ({ seen }) =>
    seen?.probe === 'misuse'
      ? { kind: seen.call, expected: 'calls that the platform allows', seen: `${seen.call}: ${seen.rule}` }
      : null,
}
