import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'WAN-08',
  family: 'WAN',
  level: 'SHOULD',
  profiles: ['passkey'],
  clause: 'Each platform’s way to ask for a passkey gives the app the same result for the same end.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-544'],
  why: 'On one system a dismissed prompt is an error, on another a timeout, and the app treats them differently.',
  advice: 'Map each platform’s ends to one list of codes.',
  sources: ['W3C WebAuthn Level 3'],
  excluded:
    'The contract has no profile `passkey` yet: no operation registers a passkey or asks for one, and no device here is a browser. It takes Windows, macOS, both phones and a security key in somebody’s hand.',
}
