const names: Readonly<Record<string, string>> = {
  AUD: 'audit log',
  AVL: 'availability',
  BKP: 'backup, restore',
  BOOT: 'boot, first unlock',
  CAP: 'capabilities',
  CONC: 'concurrency',
  CRY: 'encryption',
  DB: 'database',
  ENC: 'values, names',
  ENR: 'enrolment',
  ERR: 'errors',
  FS: 'files',
  KDF: 'key derivation',
  LOCK: 'prompts, lockout',
  LOG: 'logs',
  MEM: 'memory',
  PST: 'persistence',
  SIG: 'signing key',
  SS: 'Secret Service',
  SUP: 'build, supply',
  TXN: 'durability',
  WAN: 'WebAuthn',
  WINMAC: 'Windows, macOS',
}

/** The family of a requirement, by the letters of its id, with a name for those who do not know them. */
export function family(id: string): { readonly letters: string; readonly name: string } {
  const letters = id.split('-', 1)[0] ?? id
  return { letters, name: names[letters] ?? '' }
}
