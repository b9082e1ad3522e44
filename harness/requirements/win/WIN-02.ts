import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'WIN-02',
  family: 'WIN',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['windows'],
  clause: 'A short value is stored, or the limit that forbids it is named.',
  threat: 'LOSS',
  cwe: ['CWE-1284'],
  why: 'On some machines no password at all can be saved: "error 8".',
  advice: 'Check what the system’s call says, and tell a full store apart from a value that is too long.',
  sources: ['open-source-cooperative/keyring-rs#270'],
  excluded:
    'Needs Windows: the fault was seen in the Credential Manager of some machines, and nothing here runs Windows. On `host` under Windows PST-06 and ENC-01 judge what a user would see of it.',
}
