import { wrongRead, wrongWrite } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENC-05',
  family: 'ENC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'Text that looks like hexadecimal digits or base64, or begins like the mark of an encoding, is given back as it was.',
  threat: 'LOSS',
  cwe: ['CWE-174'],
  why: 'A token made of hexadecimal digits comes back as bytes that no server takes.',
  advice: 'Never guess from a value whether it was encoded: encode every value, or keep beside it that it was.',
  sources: ['zalando/go-keyring#36', 'zalando/go-keyring PR#37'],
  needs: [],
  judges: ['encoded-text'],
  twin: ['acknowledged-write'],
  breach: (occurrence) => wrongWrite(occurrence, []) ?? wrongRead(occurrence),
}
