import { Refusal } from '../failure.ts'
import { checkLines, type Verdict } from './check-lines.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { decodeVerifier, encodeVerifier, type NoteVerifier } from './signed-note.ts'

/** The latest checkpoint with the key that it is believed by: what is to be kept apart from the log. */
export interface Anchored {
  readonly verifier: NoteVerifier
  /** A signed note. */
  readonly checkpoint: string
}
export interface Exported extends Anchored {
  /** Entries, each with a line end. */
  readonly lines: Uint8Array
}

const anchorTitle = 'holdfast audit anchor 1\n'
const logTitle = 'holdfast audit log 1\n'
const head = ({ verifier, checkpoint }: Anchored): string => `${encodeVerifier(verifier)}\n\n${checkpoint}`
const blankLine = '\n\n'

/** As a file: a title, the verifier key, the checkpoint. */
export const encodeAnchor = (anchor: Anchored): string => `${anchorTitle}${head(anchor)}`

/** The same, and after a blank line the entries. */
export const encodeExport = (exported: Exported): string =>
  `${logTitle}${head(exported)}\n${Buffer.from(exported.lines).toString()}`

/** Where the text of a note and its signatures end: two blank lines in, the note's own and the key's. */
function parts(text: string, title: string, what: string): readonly [verifier: string, note: string, rest: string] {
  if (!text.startsWith(title)) throw new Refusal('wrong-format', { reason: `it is no ${what}` })
  const key = text.indexOf(blankLine, title.length)
  const said = text.indexOf(blankLine, key + 2)
  if (key < 0 || said < 0) throw new Refusal('corrupt', { reason: `the ${what} is cut short` })
  const end = text.indexOf(blankLine, said + 2)
  const stop = end < 0 ? text.length : end + 1
  return [text.slice(title.length, key), text.slice(key + 2, stop), text.slice(stop + 1)]
}

/** @throws Refusal `wrong-format` or `corrupt` */
export function decodeAnchor(text: string): Anchored {
  // The anchor may be taken from a log: an earlier export serves as one.
  const isLog = text.startsWith(logTitle)
  const [verifier, checkpoint, rest] = parts(text, isLog ? logTitle : anchorTitle, 'audit anchor')
  if (!isLog && rest !== '') throw new Refusal('corrupt', { reason: 'the audit anchor is followed by something else' })
  return { verifier: decodeVerifier(verifier), checkpoint }
}

/** @throws Refusal `wrong-format` or `corrupt` */
export function decodeExport(bytes: Uint8Array): Exported {
  const text = Buffer.from(bytes).toString('latin1', 0, 32_768)
  const [verifier, checkpoint] = parts(text, logTitle, 'audit log')
  const start = logTitle.length + verifier.length + 2
  // By bytes, since the dash of a note has three.
  const noteText = Buffer.from(checkpoint, 'latin1').toString()
  const lines = bytes.subarray(start + checkpoint.length + 1)
  return { verifier: decodeVerifier(Buffer.from(verifier, 'latin1').toString()), checkpoint: noteText, lines }
}

/** What an export says against what somebody has kept apart from it. */
export interface OfflineVerdict {
  readonly verdict: Verdict
  readonly checkpoint: Checkpoint
}

/**
 * Verifies an export with nothing but it and an anchor. The anchor's key is the one that counts; without an anchor the
 * log vouches for itself, and one that was written anew as a whole verifies too.
 * @throws Refusal where export or anchor are no such thing, or of different logs
 */
export function verifyExport(exported: Exported, anchor: Anchored | null): OfflineVerdict {
  const { verifier } = anchor ?? exported
  const checkpoint = openCheckpoint(exported.checkpoint, verifier)
  const kept = anchor === null ? null : openCheckpoint(anchor.checkpoint, verifier)
  const verdict = checkLines(exported.lines, checkpoint, kept === null ? [] : [kept])
  if (verdict.is === 'broken' || kept === null) return { verdict, checkpoint }
  const { size } = verdict.tree
  if (kept.size > size)
    return { verdict: { is: 'broken', at: size, why: 'the newest entries are missing', missing: true }, checkpoint }
  if (verdict.tree.root(0, kept.size).equals(kept.root)) return { verdict, checkpoint }
  const why = 'entries that the anchor has seen were written anew'
  return { verdict: { is: 'broken', at: 0, why, missing: false }, checkpoint }
}
