import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'PST-11',
  family: 'PST',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['desktop'],
  clause: 'An app that was renamed or packaged anew finds its secrets, or moves them.',
  threat: 'LOSS',
  cwe: ['CWE-706'],
  why: 'The new package has another name, the secret is keyed by the old one, and the data cannot be decrypted any more.',
  advice: 'Key secrets by an id that never changes, not by the name that is shown.',
  sources: ['signalapp/Signal-Desktop#6970', 'flathub/com.tutanota.Tutanota#77', 'flatpak/xdg-desktop-portal#483'],
  excluded:
    'The identity under which a system keeps secrets belongs to the package (application id, bundle, signature), and Holdfast starts every vault as the adapter that it is given. It takes two packages of one app, and a device that can install one over the other.',
}
