import { prompted, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CONC-12',
  family: 'CONC',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  platforms: ['android', 'ios'],
  clause:
    'A call whose prompt is up when the phone is turned settles; after a turn, or the death of a process with a prompt up, the person can be asked again.',
  threat: 'HANG',
  cwe: ['CWE-431', 'CWE-459'],
  why: 'The phone is turned, the callback goes with the old activity, and the spinner stays.',
  advice:
    'Make the prompt anew with each activity so that its callback is attached again, and keep no call that outlives its process.',
  sources: ['androidx BiometricPrompt reference'],
  needs: ['scripted-person'],
  judges: ['turned-while-prompting', 'asked-after-death', 'asked-after-turn'],
  twin: ['acknowledged-write', 'gated'],
  witnesses: prompted,
  breach: (occurrence) =>
    occurrence.situation === 'turned-while-prompting'
      ? unexplained(occurrence, ['system-cancelled', 'user-cancelled'])
      : unexplained(occurrence),
}
