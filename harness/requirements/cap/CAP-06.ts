import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'CAP-06',
  family: 'CAP',
  level: 'MUST',
  profiles: ['capabilities'],
  clause: 'What is granted for development alone is absent from the release.',
  threat: 'BYPASS',
  cwe: ['CWE-1269'],
  maswe: ['MASWE-0033'],
  why: 'The server of the developer’s machine may still call the vault, on every customer’s machine.',
  advice: 'Keep such grants in files that the build for release does not read, and look into the built app.',
  sources: ['brightwave-inc/tidebreak#1481'],
  excluded:
    'No program of calls can decide it: it is about two builds of one app, and Holdfast builds none. `holdfast capabilities lint` decides it of the files that a release is built from: grants for addresses of the developer’s machine (`development-origin`) are findings, and its tests show them found.',
}
