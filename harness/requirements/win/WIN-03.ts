import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'WIN-03',
  family: 'WIN',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['windows'],
  clause: 'A prompt that is up when the session is locked ends, and the call with it.',
  threat: 'HANG',
  cwe: ['CWE-431'],
  why: 'The screen is locked while the prompt is up; after it the app waits for ever.',
  advice: 'Listen for the lock of the session, and settle what waits.',
  sources: ['Angelelz/WinHelloUnlock#78'],
  excluded:
    'Needs Windows, a session that can be locked and a person at its prompt: nothing here runs Windows, and `host` never locks anybody’s session. The same on phones is judged by CONC-09.',
}
