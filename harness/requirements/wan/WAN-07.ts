import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'WAN-07',
  family: 'WAN',
  level: 'MUST',
  profiles: ['passkey'],
  clause: 'The input for the secret is hashed exactly once on its way to the authenticator.',
  threat: 'LOSS',
  cwe: ['CWE-573'],
  why: 'Two libraries that both hash, or that both do not, derive different keys from the same passkey.',
  advice: 'Hand over the raw input, and let the client hash it as the specification says.',
  sources: ['1Password/passkey-rs#38', 'W3C WebAuthn Level 3'],
  excluded:
    'The contract has no profile `passkey` yet: no operation registers a passkey or asks for one, and no device here is a browser. It takes an authenticator that shows what reached it.',
}
