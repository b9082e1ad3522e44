import type { Occurrence } from '../../judging/call-fact.ts'
import { worked, wronglyRefused } from '../breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

function breach(occurrence: Occurrence): Breach | null {
  const wrong = wronglyRefused(occurrence)
  const asked = occurrence.call?.unlocking !== 'unasked'
  return wrong === null
    ? null
    : {
        ...wrong,
        kind: `${asked ? 'unlocked' : 'unasked'}-${wrong.kind}`,
        seen: `${wrong.seen}, ${asked ? 'though the person unlocked the keyring at its prompt' : 'and nobody was asked'}`,
      }
}

export const requirement: Requirement = {
  id: 'SS-01',
  family: 'SS',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'A vault that says it asks has a locked keyring unlocked by its prompt, on writes as on reads, and then does what it was asked for.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-754'],
  platforms: ['desktop'],
  why: 'Reading asks for the password, saving just fails: what was typed is lost, and no prompt ever came.',
  advice:
    'Give what `Unlock` answers to the prompt, wait until that is completed, then try the call again, in every operation.',
  sources: [
    'cryptomator/integrations-linux#156',
    'jaraco/keyring#286',
    'noctalia-dev/noctalia#4016',
    'Secret Service 0.2: Unlock, Prompts',
  ],
  needs: ['keyring-locks', 'keyring-prompts'],
  judges: ['unlock-answered'],
  twin: ['round-trip'],
  exempts: ({ keyringPrompts }) =>
    keyringPrompts === 'asks' ? null : 'the vault says that it never asks to unlock the keyring',
  witnesses: (occurrence) => worked(occurrence) && occurrence.call?.unlocking === 'answered',
  breach,
}
