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
  MAC: 'macOS',
  MEM: 'memory',
  PST: 'persistence',
  SIG: 'signing key',
  SS: 'Secret Service',
  SUP: 'build, supply',
  TXN: 'durability',
  WAN: 'WebAuthn',
  WIN: 'Windows',
}

interface Family {
  readonly letters: string
  readonly name: string
  readonly note: string | null
}

/** What a reader of a family's verdicts should know of how they were reached. */
const notes: Readonly<Record<string, string>> = {
  KDF:
    'On the device model keys are derived at a reduced cost, one HMAC in place of Argon2id, and the cost that was asked ' +
    'for is recorded: KDF-01 is judged by that. Elsewhere the vault derives them itself and spends what it spends, ' +
    'unseen: KDF-01 says nothing there, and the others are judged at the real cost. In the main job that is ' +
    'reference-pin@linux-container, at the least that OWASP asks for.',
}

/** The family of a requirement, by the letters of its id, with a name for those who do not know them. */
export function family(id: string): Family {
  const letters = id.split('-', 1)[0] ?? id
  return { letters, name: names[letters] ?? '', note: notes[letters] ?? null }
}
