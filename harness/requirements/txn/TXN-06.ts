import { wrongCode, wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'TXN-06',
  family: 'TXN',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'A deleted entry is gone in every layer, also after a restart, and deleting it again does no harm.',
  threat: 'LEAK',
  cwe: ['CWE-459', 'CWE-212'],
  why: 'A secret that the user removed comes back, or stays where the next owner of the machine finds it.',
  advice: 'Remove value, key and index together, in an order from which a restart cannot bring the value back.',
  sources: ['open-source-cooperative/keyring-rs PR#222', 'impierce/tauri-plugin-keystore remove()'],
  needs: [],
  judges: ['read-after-delete', 'deleted-and-counted'],
  twin: ['acknowledged-write'],
  breach: (occurrence) =>
    occurrence.wrong ??
    wrongRead(occurrence) ??
    (occurrence.call?.op.op === 'delete' ? wrongCode(occurrence, ['not-found']) : null),
}
