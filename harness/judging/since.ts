/** What happened since the last acknowledged write of an entry, as bits. */
export const since = {
  kill: 1,
  restart: 2,
  relock: 4,
  power: 8,
  overlap: 16,
  storeless: 32,
  lookAlike: 64,
  crash: 128,
  torn: 256,
  /** Another keyring provider was there. */
  swapped: 4096,
  /** Another program made copies of the vault's items. Stays: a write need not remove them. */
  copied: 8192,
  /** A value with line ends was written to another entry. */
  lineEnds: 512,
  /** Written beside calls of other entries, and of no call of its own. */
  sideBySide: 16384,
} as const

/** Deaths and locks, which what is durable outlives. */
export const deaths = since.kill | since.restart | since.relock | since.power | since.torn
