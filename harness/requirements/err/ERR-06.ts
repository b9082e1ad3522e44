import { wrongCode } from '../breach.ts'
import { ownRefusals } from '../own-refusals.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ERR-06',
  family: 'ERR',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['desktop'],
  clause: 'Where the service that keeps secrets is not there, a call that needs it answers `unavailable`, soon.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393', 'CWE-1088'],
  why: 'An app on a machine without a keyring takes its absence for "no secret stored" and starts over.',
  advice: 'Tell the absence of the service apart by its error name or type, and map it to one code.',
  sources: ['microsoft/vscode#187338', 'hwchen/secret-service-rs#51'],
  needs: ['keyring-absent'],
  judges: ['call-while-absent'],
  twin: ['acknowledged-write'],
  exempts: ({ keyring }) => (keyring === 'none' ? 'the vault uses no keyring' : null),
  witnesses: ({ call }) => call?.outcome.is === 'fail' && call.outcome.failure.code === 'unavailable',
  breach: (occurrence, description) => {
    const { call } = occurrence
    if (call === null) return null
    // Only a vault that needs the keyring no more than to open may know by itself that an entry is absent.
    const own = ownRefusals(call, description).filter(
      (code) => code !== 'not-found' || description.keyring === 'unlock',
    )
    return wrongCode(occurrence, ['unavailable', ...own])
  },
}
