import { onlyOn, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'LOCK-01',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  platforms: ['android'],
  clause:
    'While the sensor is locked out for a while, a call that needs it ends with `locked-out-temporary`, and works after the wait.',
  threat: 'HANG',
  cwe: ['CWE-393', 'CWE-645'],
  why: 'After five wet fingers the unlock button does nothing, and nobody says why.',
  advice: 'Map the error of a temporary lockout to its own code, keep no state of it, and try anew on the next call.',
  sources: ['mjwheatley/cordova-plugin-android-fingerprint-auth#9', 'oblador/react-native-keychain#309'],
  needs: ['scripted-person'],
  judges: ['read-while-locked-out', 'read-after-lockout'],
  twin: ['acknowledged-write', 'gated'],
  exempts: onlyOn('android', 'a lockout of iOS ends by the passcode alone'),
  breach: (occurrence) => unexplained(occurrence),
}
