import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'WAN-06',
  family: 'WAN',
  level: 'MUST',
  profiles: ['passkey'],
  clause:
    'A vault that a passkey opens has another way to be opened, so that a browser that gives no secret locks nobody out.',
  threat: 'LOSS',
  cwe: ['CWE-754'],
  why: 'The browser is updated, gives no secret any more, and the vault stays shut.',
  advice: 'Wrap the vault’s key a second time, for a recovery code or another method.',
  sources: ['oddsdk/passkeys#13', 'mdn/content PR#39570'],
  excluded:
    'The contract has no profile `passkey` yet: no operation registers a passkey or asks for one, and no device here is a browser. The reference has slots for several methods; that a passkey is one of them takes a device that has passkeys.',
}
