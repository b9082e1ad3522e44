import type { FacetState } from '../../harness/contract/environment.ts'

/** What was seen around a log-out and a login, before which the keyring was locked. */
export interface LoginReading {
  /** Whether the keyring said that it was locked before the log-out. */
  readonly lockedBefore: boolean
  /** Whether it was open when our agent first looked, which had given it no password. */
  readonly openAfter: boolean
  readonly wrote: string
  /** What the item held that was stored before; null where it was not given. */
  readonly read: string | null
}

/** Says whether the login opens the keyring there, from what our probe saw. */
export const judgeLogin = (reading: LoginReading | { readonly failed: string }): FacetState => {
  if ('failed' in reading) return { is: 'unproven', why: `the probe could not be carried out: ${reading.failed}` }
  const { lockedBefore, openAfter, wrote, read } = reading
  const broken = (
    [
      [lockedBefore, 'the keyring was not locked to begin with'],
      [openAfter, 'the keyring was locked after the login'],
      [read === wrote, `an item of ours ${read === null ? 'was not given' : 'held something else'} after the login`],
    ] as const
  ).find(([holds]) => !holds)
  if (broken !== undefined) return { is: 'disproven', evidence: broken[1] }
  return {
    is: 'proven',
    evidence: 'a keyring that was locked was open after a log-out and a login on the console, and gave an item of ours',
  }
}
