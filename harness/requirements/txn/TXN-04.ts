import { mustOpen, wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'TXN-04',
  family: 'TXN',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['desktop'],
  clause:
    'No name reaches the disk before what it names: a power cut leaves no empty or torn file in place of a good one.',
  threat: 'LOSS',
  cwe: ['CWE-696'],
  why: 'After a power cut the settings file is there and full of zeros.',
  advice: 'Sync the new file before you rename it over the old, and the folder after.',
  sources: ['signalapp/Signal-Desktop#2609', 'tauri-apps/plugins-workspace#3085', 'man 2 fsync'],
  needs: ['power-cut'],
  judges: ['read-after-torn-power-cut'],
  twin: ['acknowledged-write'],
  exempts: ({ platform = 'desktop' }) =>
    platform === 'desktop' ? null : 'a rule for desktops; on a phone TXN-03 is judged by a kill',
  breach: (occurrence) => (occurrence.call?.op.op === 'unlock' ? mustOpen(occurrence) : wrongRead(occurrence)),
  witnesses: ({ call }) => call?.op.op !== 'unlock',
}
