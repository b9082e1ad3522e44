import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'SUP-04',
  family: 'SUP',
  level: 'MUST',
  profiles: [],
  clause:
    'A run says where it ran and how far that can be believed: what holds on an emulator never counts for a phone.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-451'],
  why: 'The simulator gives every secret without asking, all tests are green, and the phone behaves otherwise.',
  advice: 'Name the device beside each result, and believe of it only what a probe has shown.',
  sources: [
    'oblador/react-native-keychain#367',
    'kishikawakatsumi/KeychainAccess#486',
    'juliansteenbakker/flutter_secure_storage#1029',
  ],
  excluded:
    'It binds who judges, not who is judged. For Holdfast it is held by tests: each device’s facets come from probes that environments which lie must not fool (tests beside each device), `virtual-ios-simulator` is such a simulator and proves no access control (`devices/virtual/ios/calibration.test.ts`), and every report names device and fidelity (`reports/terminal.test.ts`).',
}
