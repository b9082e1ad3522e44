import { wrongLimit } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENC-02',
  family: 'ENC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'A value of characters beyond ASCII is measured in the unit that the vault declares: taken within the limit, and refused with `too-large` over it.',
  threat: 'LOSS',
  cwe: ['CWE-135', 'CWE-1284'],
  why: 'A check that counts characters lets through what the backend, which counts bytes, then fails on or cuts.',
  advice: 'Encode first and measure what your backend measures; declare the limit in that unit.',
  sources: [
    'VSoftTechnologies/VSoft.WindowsCredentialManager#2',
    'echalone/PowerShell_Credential_Manager#9',
    'better-auth/better-auth PR#11238',
    'CREDENTIALW: CredentialBlobSize, in bytes',
  ],
  needs: [],
  judges: ['wide-value'],
  twin: ['acknowledged-write'],
  exempts: ({ limits }) => (limits.value === undefined ? 'the vault declares no limit' : null),
  witnesses: ({ call }) => call?.op.op === 'put',
  breach: wrongLimit,
}
