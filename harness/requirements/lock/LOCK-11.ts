import { onPhone } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'LOCK-11',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause: 'The person is asked for one gesture at most in one call.',
  threat: 'COST',
  cwe: ['CWE-799'],
  why: 'The face is looked at twice for one sign-in, or two prompts follow each other.',
  advice: 'Hand what the first prompt released to every use of that call.',
  sources: [
    'safe-global/safe-ios#2900',
    'BlueBubblesApp/bluebubbles-app#1219',
    'russhwolf/multiplatform-settings PR#193',
  ],
  needs: ['seen-prompts'],
  judges: ['prompted-read', 'write-prompts', 'gated'],
  twin: ['acknowledged-write', 'gated'],
  breach: (occurrence) => {
    const matched = onPhone(occurrence)?.phone.prompts.filter(({ end }) => end === 'matched').length ?? 0
    return matched > 1
      ? { kind: 'asked-again', expected: 'one prompt at most that ends by a match', seen: `${matched} of them` }
      : null
  },
}
