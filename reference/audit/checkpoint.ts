import { Refusal } from '../failure.ts'
import { hashSize } from './merkle-tree.ts'
import { fromBase64, type NoteSigner, type NoteVerifier, openNote } from './signed-note.ts'

/** What a log was at one moment. */
export interface Checkpoint {
  /** Which log, as the signer is called. */
  readonly origin: string
  /** Entries. */
  readonly size: number
  /** Root of their tree. */
  readonly root: Uint8Array
  /** SHA-256 over the lines of all entries: one pass over the bytes tells whether they are these. */
  readonly digest: Uint8Array
}

const extension = 'sha256-of-lines '

/** Signs it: C2SP tlog-checkpoint, with the digest as an extension line. */
export function signCheckpoint({ origin, size, root, digest }: Checkpoint, signer: NoteSigner): string {
  const lines = [origin, size, Buffer.from(root).toString('base64')]
  return signer.sign(`${lines.join('\n')}\n${extension}${Buffer.from(digest).toString('base64')}\n`)
}

/**
 * What a checkpoint says, where this key has signed it.
 * @throws Refusal `corrupt`, or `wrong-key` where it is of another log or key
 */
export function openCheckpoint(note: string, by: NoteVerifier): Checkpoint {
  const [origin = '', count = '', coded = '', ...more] = openNote(note, by).split('\n')
  const last = more.find((line) => line.startsWith(extension))
  const [root, digest] = [fromBase64(coded), fromBase64(last?.slice(extension.length) ?? '')]
  const size = /^(0|[1-9]\d{0,15})$/.test(count) ? Number(count) : Number.NaN
  if (!Number.isSafeInteger(size) || root?.length !== hashSize || digest?.length !== hashSize)
    throw new Refusal('corrupt', { reason: 'the checkpoint is malformed' })
  if (origin !== by.name) throw new Refusal('wrong-key', { reason: 'the checkpoint is of another log' })
  return { origin, size, root, digest }
}
