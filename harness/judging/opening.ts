import type { CallFact, Wrong } from './call-fact.ts'
import type { Situation } from './situations.ts'
import type { StoredFiles } from './stored-files.ts'

/** What was known when the vault was asked to open. */
export interface BeforeOpening {
  /** The PIN is one that may open, or none is asked for. */
  readonly fits: boolean
  /** Several PINs may open: which, is not known. */
  readonly unsure: boolean
  readonly halfChanged: boolean
  readonly halfSetUp: boolean
  readonly wiped: boolean
  readonly swapped: boolean
  readonly keyringBack: boolean
  readonly copied: boolean
  readonly files: Pick<StoredFiles, 'state' | 'undone'>
  /** Wrong PINs that the vault says it allows; null where it asks for none. */
  readonly attempts: number | null
  /** A newer release of the app was installed since it was last open. */
  readonly updated: boolean
  /** The power was cut since it was last open: what unsynced work lost. */
  readonly powerCut: 'all' | 'contents' | null
}

/** The situations of an `unlock` of a locked vault. */
export function* situationsOfOpening(fact: CallFact, before: BeforeOpening): Generator<Situation> {
  const { op, keyring, outcome } = fact
  if (op.op !== 'unlock' || fact.overlapped || fact.vault !== 'locked') return
  if (outcome.is === 'info' && (outcome.why === 'killed' || outcome.why === 'lost')) return
  if (before.attempts !== null && (op.pin === null || op.pin === undefined)) {
    yield 'without-pin'
    return
  }
  // With another keyring there is another thing to be said.
  if (before.swapped) return
  if (keyring === 'locked' || keyring === 'absent' || before.wiped) {
    if (before.attempts !== null && before.fits) yield 'without-keyring'
    return
  }
  if (keyring === 'changed' || before.halfSetUp) return
  const spent = before.attempts !== null && fact.guesses >= before.attempts
  // Where killed calls leave the count open, nothing is asked: neither that it opens nor that it does not.
  const unclear = !spent && before.attempts !== null && fact.mostGuesses >= before.attempts
  if (before.files.state === 'older') {
    // Attempts that are counted in the files must not come back with them.
    if (spent && !before.fits) yield 'guess-over-limit'
    else if (!spent && !unclear && before.fits && !before.unsure) yield 'opened-after-older-copy'
    return
  }
  if (before.files.state !== null) {
    if (before.fits && !before.unsure) yield 'opened-after-damage'
    return
  }
  if (spent) {
    if (!before.fits) yield 'guess-over-limit'
    return
  }
  if (unclear) return
  if (before.halfChanged) yield 'half-changed-pin'
  else if (!before.fits) yield 'wrong-pin'
  else if (before.files.undone) yield 'opened-after-repair'
  else if (before.keyringBack) yield 'opened-after-other-keyring'
  else if (before.copied) yield 'opened-beside-copies'
  // After a wrong PIN it is KDF-06's to tell that the right one does not open.
  else if (before.updated && before.attempts !== null && fact.mostGuesses === 0) yield 'opened-after-app-update'
  else if (before.powerCut === 'contents') yield 'read-after-torn-power-cut'
  else if (before.powerCut === 'all') yield 'read-after-power-cut'
  else if (before.attempts !== null) yield 'right-pin'
}

/** Follows a vault whose set-up or reset was killed, until it is usable again or shown to be stranded. */
export interface Recovery {
  /** Looks at a `setUp` or `unlock` after the crash; null where it says nothing. */
  returned(fact: CallFact): { readonly wrong: Wrong | null } | null
  begin(): void
}

export function recovery(): Recovery {
  let exists = false
  let refused: string | null = null
  return {
    begin() {
      exists = false
      refused = null
    },
    returned({ op, outcome }) {
      if (outcome.is === 'info' || (op.op !== 'setUp' && op.op !== 'unlock')) return null
      if (outcome.is === 'ok') return { wrong: null }
      const { code } = outcome.failure
      if (op.op === 'setUp') {
        if (code !== 'already-set-up')
          return { wrong: { kind: `set-up-${code}`, expected: "ok or 'already-set-up'", seen: `'${code}'` } }
        exists = true
      } else refused = code
      if (!exists || refused === null) return null
      return {
        wrong: {
          kind: `stranded-${refused}`,
          expected: 'a vault that can be set up, or opened',
          seen: `set-up says 'already-set-up' and opening says '${refused}'`,
        },
      }
    },
  }
}
