import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'SS-07',
  family: 'SS',
  level: 'SHOULD',
  profiles: ['slot', 'store'],
  platforms: ['linux'],
  clause: 'A vault behaves alike on every Secret Service: GNOME Keyring, KWallet, KeePassXC, oo7, pass.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-758'],
  why: 'It works on the developer’s desktop, and on another one each start makes a new keyring.',
  advice: 'Rely on what the specification says alone: no fixed alias, no order of results, no unlocked item.',
  sources: ['keepassxreboot/keepassxc#4443', 'keepassxreboot/keepassxc#12755', 'SoMuchForSubtlety/f1viewer#193'],
  excluded:
    'No program decides it: it is all the other rows, judged again on each service, and `linux-container` has GNOME Keyring alone. It takes a device for each of the others; then the table of a run says it, target beside target.',
}
