import { mustOpen, wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'TXN-03',
  family: 'TXN',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'What was acknowledged is there after the power was cut.',
  threat: 'LOSS',
  why: 'The app said "saved", the battery fell out, and it was not.',
  advice: 'Sync file and folder before you answer; never answer from a cache that is written later.',
  sources: ['impierce/tauri-plugin-keystore', 'tauri-apps/plugins-workspace#3085'],
  needs: ['power-cut'],
  judges: ['read-after-power-cut'],
  twin: ['acknowledged-write'],
  breach: (occurrence) => (occurrence.call?.op.op === 'unlock' ? mustOpen(occurrence) : wrongRead(occurrence)),
  witnesses: ({ call }) => call?.op.op !== 'unlock',
}
