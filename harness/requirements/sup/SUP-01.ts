import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'SUP-01',
  family: 'SUP',
  level: 'SHOULD',
  profiles: [],
  platforms: ['linux'],
  clause: 'A build that was asked for the pure provider of cryptography links no OpenSSL.',
  threat: 'COST',
  cwe: ['CWE-1068'],
  why: 'The app does not start on a distribution with another version of OpenSSL, although it was built to need none.',
  advice: 'Turn default features off where you choose a provider, and look at what the binary links.',
  sources: ['open-source-cooperative/keyring-rs: features'],
  excluded:
    'It is about how an app is built: which libraries its binary links. Holdfast runs the vault that it is given and builds none, and most adapters are scripts that link nothing. One look at the binary with the system’s own tool decides it.',
}
