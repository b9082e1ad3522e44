import type { Occurrence } from '../../judging/call-fact.ts'
import { wrongCode, wrongRead } from '../breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

function nothingRemoved({ situation, call }: Occurrence): Breach | null {
  const items = call?.phone?.items ?? null
  if (situation !== 'deleted-and-counted' || items === null || items.after < items.before) return null
  return { kind: 'kept', expected: `fewer than ${items.before} items`, seen: `${items.after} items` }
}

export const requirement: Requirement = {
  id: 'TXN-06',
  family: 'TXN',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'A deleted entry is gone in every layer, also after a restart, and deleting it again does no harm.',
  threat: 'LEAK',
  why: 'A secret that the user removed comes back, or stays where the next owner of the machine finds it.',
  advice: 'Remove value, key and index together, in an order from which a restart cannot bring the value back.',
  sources: ['keyring-rs PR#222', 'impierce/tauri-plugin-keystore remove()'],
  needs: [],
  judges: ['read-after-delete', 'deleted-and-counted'],
  twin: ['acknowledged-write'],
  breach: (occurrence) =>
    nothingRemoved(occurrence) ??
    wrongRead(occurrence) ??
    (occurrence.call?.op.op === 'delete' ? wrongCode(occurrence, ['not-found']) : null),
}
