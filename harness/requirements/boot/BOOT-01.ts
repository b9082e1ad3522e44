import { failedBy, onlyOn, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'BOOT-01',
  family: 'BOOT',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['ios'],
  clause: 'On iOS, before the phone is unlocked for the first time, what exists is `device-locked`, never `not-found`.',
  threat: 'LOSS',
  cwe: ['CWE-393'],
  why: 'iOS starts the app ahead of time after a restart, the app believes that nobody is signed in, and wipes its data.',
  advice: 'Ask whether protected data is available before you believe that anything is absent.',
  sources: [
    'firebase/firebase-ios-sdk PR#16505',
    'mibrito707/cordova-plugin-secure-storage-echo#75',
    'russhwolf/multiplatform-settings#171',
    'ooni/probe#1529',
  ],
  needs: ['first-unlock'],
  judges: ['read-before-first-unlock'],
  twin: ['acknowledged-write'],
  exempts: onlyOn('ios', 'a rule for iOS; Android is judged by BOOT-03'),
  witnesses: (occurrence) => failedBy(occurrence, 'device-locked'),
  breach: (occurrence) => unexplained(occurrence),
}
