import { isPlain, refusals } from '../../judging/names.ts'
import { wrongRead, wrongWrite } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'PST-06',
  family: 'PST',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'An ordinary value is accepted, and a read after the acknowledgement returns it.',
  threat: 'LOSS',
  cwe: ['CWE-393', 'CWE-440'],
  why: 'The app says "saved" and the next read finds nothing, or the old value.',
  advice: 'Acknowledge a write only when a read through any path would see it; drop caches on write.',
  sources: ['open-source-cooperative/keyring-rs#341', 'juliansteenbakker/flutter_secure_storage#716'],
  needs: [],
  judges: ['ordinary-read', 'ordinary-write'],
  twin: ['round-trip'],
  breach: (occurrence) => {
    const { op } = occurrence.call ?? {}
    const odd = op?.op === 'put' && op.name !== undefined && !isPlain(op.name)
    return wrongWrite(occurrence, odd ? refusals : []) ?? wrongRead(occurrence)
  },
}
