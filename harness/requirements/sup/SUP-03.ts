import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'SUP-03',
  family: 'SUP',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['desktop'],
  clause:
    'After an update by the app’s own updater everything is readable, and a step back to an older version is refused or safe.',
  threat: 'LOSS',
  cwe: ['CWE-758'],
  why: 'The update is taken back for a bug elsewhere, and the older version cannot read what the newer one wrote, or overwrites it.',
  advice:
    'Write the version of the format into the file, refuse one that is newer, and change nothing before you know it.',
  sources: ['tutao/tutanota#6312'],
  excluded:
    'No device runs two versions of one vault in turn over the same data. The control `update-app` of the simulated phones starts the same code as a newer version, by which PST-03 is judged. It takes a target of two builds, and a control that changes from one to the other.',
}
