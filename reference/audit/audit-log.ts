import { createHash, type Hash, hash } from 'node:crypto'
import type { DesktopPorts } from '../../harness/contract/platforms/desktop.ts'
import { alone } from '../alone.ts'
import { Refusal } from '../failure.ts'
import { queue } from '../queue.ts'
import { type AuditAnchor, keepAuditAnchor, readAnchor } from './audit-anchor.ts'
import { type Broken, checkLines } from './check-lines.ts'
import { type Checkpoint, openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { type AuditEvent, beginningOf, type Entry, encodeEntry } from './entry.ts'
import { encodeExport } from './export.ts'
import { entriesPerVolume, filePrefix, readFiles, readLines, removeOthers, writeTail } from './log-files.ts'
import { type MerkleTree, merkleTree } from './merkle-tree.ts'
import { consistencyProof, inclusionProof, type Proof } from './proofs.ts'
import { type NoteSigner, noteSigner } from './signed-note.ts'

/** A log that shows whether it was tampered with. Every call may be refused with a code of the contract. */
export interface AuditLog {
  /** Appends all or none, durably, and gives the place of the first, from 0. */
  append(events: readonly AuditEvent[]): Promise<number>
  /** All entries. Refused as `rollback` or `corrupt` where they are not those that were appended. */
  entries(): Promise<readonly Entry[]>
  /**
   * Looks at every byte: whether they are the very ones that the latest checkpoint was signed over, by one SHA-256, and
   * where they are not, entry by entry, which is the first.
   * @param witnessed a checkpoint that was given away earlier: the log must go on from it, which takes a look at every entry
   */
  verify(witnessed?: string): Promise<Whole | Broken>
  /** The latest signed checkpoint: to be kept by somebody else. */
  checkpoint(): Promise<string>
  /** The log as one text that can be verified elsewhere. */
  export(): Promise<string>
  /** That an entry is in the log as it is now. */
  proveInclusion(index: number): Promise<Proof>
  /** That the log went on from what it was at this size. */
  proveConsistency(since: number): Promise<Proof>
}

/** All entries are those that were appended. */
export interface Whole {
  readonly is: 'intact'
  /** Entries. */
  readonly size: number
}

export interface AuditLogOptions {
  /** Names the log in checkpoints and in the keyring: without blanks, as `com.example.bank/audit`. */
  readonly origin: string
  readonly ports: DesktopPorts
}

/** A log as this process knows it. */
interface Known {
  /** The checkpoint that it is of. */
  readonly note: string
  readonly tree: MerkleTree
  /** Lines after the last volume. */
  tail: readonly string[]
  readonly digest: Hash
}

/** What is told of a log that is not what it was. */
export const refusalOf = ({ at, why, missing }: Broken): Refusal =>
  new Refusal(missing ? 'rollback' : 'corrupt', { reason: `entry ${at}: ${why}` })

/**
 * The log of one app, in its folder, anchored in the keyring. Several processes may have it open. What is appended counts
 * once the anchor has it; cut short before, nothing was appended.
 */
export function auditLog({ origin, ports }: AuditLogOptions): AuditLog {
  const { files, keyring, random, clock, log } = ports
  const item = { service: origin, account: 'audit' }
  const inTurn = queue()
  const byItself = alone(files, log)
  let known: Known | null = null

  const begin = async (): Promise<AuditAnchor> => {
    // Files without an anchor are a log whose anchor was taken away: a new one would make them look like one of nothing.
    if ((await files.list()).some((name) => name.startsWith(filePrefix)))
      throw new Refusal('key-invalidated', { reason: 'there is a log, and the keyring has nothing of it' })
    const seed = random.bytes(32)
    const empty = merkleTree()
    const head = { origin, size: 0, root: empty.root(), digest: createHash('sha256').digest() }
    const anchor = { seed, checkpoint: signCheckpoint(head, noteSigner(origin, seed)) }
    await keepAuditAnchor(keyring, item, anchor)
    return anchor
  }
  const anchored = async () => {
    const anchor = (await readAnchor(keyring, item)) ?? (await begin())
    const signer = noteSigner(origin, anchor.seed)
    return { anchor, signer, checkpoint: openCheckpoint(anchor.checkpoint, signer.verifier) }
  }
  const load = async (note: string, checkpoint: Checkpoint): Promise<Known> => {
    const lines = await readLines(files, checkpoint.size)
    const verdict = checkLines(lines, checkpoint)
    if (verdict.is === 'broken') throw refusalOf(verdict)
    await removeOthers(files, checkpoint.size)
    const texts = lines.toString().split('\n').slice(0, -1)
    const tail = texts.slice(checkpoint.size - (checkpoint.size % entriesPerVolume))
    return { note, tree: verdict.tree, tail, digest: createHash('sha256').update(lines) }
  }
  const upToDate = async () => {
    const found = await anchored()
    const { anchor, checkpoint } = found
    if (known?.note !== anchor.checkpoint) known = await load(anchor.checkpoint, checkpoint)
    return { ...found, now: known }
  }

  const append = async (events: readonly AuditEvent[]): Promise<number> => {
    const { anchor, signer, checkpoint, now } = await upToDate()
    const { size } = checkpoint
    if (events.length === 0) return size
    const lines: string[] = []
    const leaves: Buffer[] = []
    let prev = size === 0 ? beginningOf(origin) : now.tree.leaf(size - 1).toString('hex')
    // All are encoded before any is taken over: what cannot be written changes nothing.
    for (const event of events) {
      const { text, leaf } = encodeEntry({ seq: size + lines.length, at: clock.now(), prev, event })
      lines.push(text)
      leaves.push(leaf)
      prev = leaf.toString('hex')
    }
    const tail = [...now.tail, ...lines]
    // A failure from here on may leave more in memory than counts: then it is read anew.
    known = null
    await writeTail(files, size, tail)
    for (const leaf of leaves) now.tree.append(leaf)
    now.digest.update(lines.map((line) => `${line}\n`).join(''))
    const note = sign(signer, now.tree, now.digest)
    await keepAuditAnchor(keyring, item, { seed: anchor.seed, checkpoint: note })
    const grown = size + lines.length
    known = { ...now, note, tail: tail.slice(tail.length - (grown % entriesPerVolume)) }
    await removeOthers(files, grown)
    return size
  }
  const sign = (signer: NoteSigner, tree: MerkleTree, digest: Hash): string =>
    signCheckpoint({ origin, size: tree.size, root: tree.root(), digest: digest.copy().digest() }, signer)

  /** Who signed the digest made it of entries that were each in its place: the same bytes are the same entries. */
  const isSigned = async ({ size, digest }: Checkpoint): Promise<boolean> => {
    const seen = createHash('sha256')
    for await (const bytes of readFiles(files, size)) seen.update(bytes)
    return seen.digest().equals(digest)
  }
  const verify = async (witnessed?: string): Promise<Whole | Broken> => {
    const { signer, checkpoint } = await anchored()
    const whole: Whole = { is: 'intact', size: checkpoint.size }
    const seen = witnessed === undefined ? null : openCheckpoint(witnessed, signer.verifier)
    if (seen === null && (await isSigned(checkpoint))) return whole
    const verdict = checkLines(await readLines(files, checkpoint.size), checkpoint, seen === null ? [] : [seen])
    if (verdict.is === 'broken') return verdict
    if (seen === null) return whole
    const { tree } = verdict
    if (seen.size > tree.size)
      return { is: 'broken', at: tree.size, why: 'entries that a witness has seen are missing', missing: true }
    if (tree.root(0, seen.size).equals(seen.root)) return whole
    return { is: 'broken', at: 0, why: 'entries are not those that a witness has seen', missing: false }
  }
  const changing = <T>(work: () => Promise<T>): Promise<T> => inTurn(() => byItself(work))
  const whole = async () => {
    const { signer, anchor, checkpoint } = await anchored()
    const lines = await readLines(files, checkpoint.size)
    return { lines, checkpoint, note: anchor.checkpoint, verifier: signer.verifier }
  }

  return {
    append: (events) => {
      // What the caller changes meanwhile changes nothing here.
      const copies = events.map((event) => ({ ...event }))
      return changing(() => append(copies))
    },
    entries: () =>
      changing(async () => {
        const { lines, checkpoint } = await whole()
        const verdict = checkLines(lines, checkpoint)
        if (verdict.is === 'broken') throw refusalOf(verdict)
        return verdict.entries
      }),
    verify: (witnessed) => changing(() => verify(witnessed)),
    checkpoint: () => changing(async () => (await anchored()).anchor.checkpoint),
    export: () =>
      changing(async () => {
        const { lines, checkpoint, note, verifier } = await whole()
        // What is broken is given away as it is: whoever verifies it shall see.
        if (!hash('sha256', lines, 'buffer').equals(checkpoint.digest))
          log.write('the log that is exported does not verify')
        return encodeExport({ verifier, lines, checkpoint: note })
      }),
    proveInclusion: (index) => changing(async () => inclusionProof((await upToDate()).now.tree, index)),
    proveConsistency: (since) => changing(async () => consistencyProof((await upToDate()).now.tree, since)),
  }
}
