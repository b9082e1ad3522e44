import { tellOutcome } from '../breach.ts'
import { failedBy, onPhone, succeeded } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'LOCK-08',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause:
    'A prompt that ends without a match opens nothing: dismissed, let pass, taken away or given up, it is a refusal.',
  threat: 'BYPASS',
  cwe: ['CWE-636', 'CWE-287'],
  maswe: ['MASWE-0020'],
  why: 'Whoever holds the phone presses "Cancel", and the vault opens.',
  advice:
    'Let what was stored come out of the match alone, by the key that it releases, and keep no copy for when there is none.',
  sources: ['keepassxreboot/keepassxc#8141', 'keepassxreboot/keepassxc#9012', 'keepassxreboot/keepassxc#12376'],
  needs: ['scripted-person', 'seen-prompts'],
  judges: ['unmatched-read'],
  twin: ['acknowledged-write', 'prompted-read', 'gated'],
  witnesses: (occurrence) => failedBy(occurrence),
  breach: (occurrence) => {
    const met = onPhone(occurrence)
    return met !== null && succeeded(occurrence)
      ? {
          kind: 'opened',
          expected: 'a refusal',
          seen: `${tellOutcome(met.call.outcome)} after a prompt that ended by '${met.phone.end}'`,
        }
      : null
  },
}
