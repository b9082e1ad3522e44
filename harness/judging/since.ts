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
  /** Written beside calls of other entries, and of no call of its own. */
  sideBySide: 512,
} as const
