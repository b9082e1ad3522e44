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
  /** A value with line ends was written to another entry. */
  lineEnds: 512,
} as const

/** Deaths and locks, which what is durable outlives. */
export const deaths = since.kill | since.restart | since.relock | since.power | since.torn
