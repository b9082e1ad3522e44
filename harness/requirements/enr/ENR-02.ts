import { failedBy, onlyOn, unexplained, withoutPolicy } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENR-02',
  family: 'ENR',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['ios'],
  clause:
    'On iOS an entry that a change of enrolment ended is `key-invalidated`, not `not-found`, although the system has deleted its item without a word.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393'],
  why: 'The app takes a new finger for a new installation, and starts over without telling its owner what is lost.',
  advice:
    'Keep a marker outside the item that says that it was stored, and answer `key-invalidated` where the marker is there and the item is not. Error -25293 does not tell it.',
  sources: [
    'RocketChat/RocketChat.ReactNative PR#7351',
    'oblador/react-native-keychain#752',
    'authpass/biometric_storage#61',
  ],
  needs: ['enrolment-invalidates'],
  judges: ['read-after-enrolment', 'read-after-no-fingers'],
  twin: ['acknowledged-write'],
  exempts: (description) =>
    onlyOn('ios', 'only iOS deletes an item without a word')(description) ?? withoutPolicy('current-set')(description),
  witnesses: (occurrence) => failedBy(occurrence, 'key-invalidated'),
  breach: (occurrence) => (failedBy(occurrence, 'not-found') ? unexplained(occurrence) : null),
}
