import { wrongRead, wrongWrite } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENC-07',
  family: 'ENC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'A zero byte in a value or name is kept, or the call is refused with `bad-encoding` or `invalid-argument`.',
  threat: 'LOSS',
  cwe: ['CWE-158'],
  why: 'A key that holds a zero byte is cut at it: a weaker key, or one that opens nothing.',
  advice: 'Do not pass secrets through C strings; where the backend does, refuse the value before you store it.',
  sources: ['sqlcipher/sqlcipher#233'],
  needs: [],
  judges: ['nul-inside'],
  twin: ['acknowledged-write'],
  breach: (occurrence) => wrongWrite(occurrence, ['bad-encoding', 'invalid-argument']) ?? wrongRead(occurrence),
}
