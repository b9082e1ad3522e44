import { wrongCode } from '../breach.ts'
import { ownRefusals } from '../own-refusals.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'SS-02',
  family: 'SS',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['desktop'],
  clause:
    'Where the keyring is locked and nobody answers its prompt, a call ends within a bounded time, with `store-locked`.',
  threat: 'HANG',
  cwe: ['CWE-1088'],
  why: 'On a server, in a container or over SSH the app hangs for ever, even when it is asked to quit.',
  advice: 'Ask whether the collection is locked, bound the wait for the prompt, and map its dismissal.',
  sources: ['openai/codex#41031', 'juliansteenbakker/flutter_secure_storage#1017', 'Secret Service 0.2: Prompts'],
  needs: ['keyring-locks', 'no-prompter'],
  judges: ['call-while-locked'],
  twin: ['acknowledged-write'],
  exempts: ({ keyring }) => (keyring === 'none' ? 'the vault uses no keyring' : null),
  witnesses: ({ call }) =>
    call?.outcome.is === 'fail' && ['store-locked', 'user-cancelled', 'timeout'].includes(call.outcome.failure.code),
  // What exists and is called absent is SS-04's to tell.
  breach: (occurrence, description) =>
    occurrence.call === null
      ? null
      : wrongCode(occurrence, [
          'store-locked',
          'user-cancelled',
          'timeout',
          ...ownRefusals(occurrence.call, description),
        ]),
}
