import { type Command, command } from '../command.ts'

/** Bytes of the longest export that is read. */
const longest = 2 ** 30

/** `holdfast audit verify FILE`: verifies an exported audit log, with nothing but the file and what was kept apart from it. */
export const audit: Command = command({
  name: 'audit',
  summary: 'Verifies an exported audit log offline: every entry, their chain, their tree and the signed checkpoint.',
  words: ['verify', 'FILE'],
  flags: {
    anchor: {
      value: 'FILE',
      help: 'what was kept apart from the log: an anchor, or an earlier export. Its key counts, and the log must go on from it',
    },
    inclusion: { value: 'N', help: 'also print the proof that entry N is in the log, counted from 0' },
    consistency: { help: "also print the proof that the log goes on from the anchor's" },
  },
  notes: [
    'Exit code 0: it verifies; 1: it does not, and the first entry that cannot be believed is named; 2: a file is missing or no log.',
    'Without an anchor a log vouches for itself alone: one that was written anew as a whole, or is an older one, verifies too.',
  ],
  async run({ anchor, inclusion, consistency = false }, [what, path = ''], shell) {
    const { UsageError } = await import('../usage-error.ts')
    if (what !== 'verify') throw new UsageError(`holdfast audit does not know "${what}": holdfast audit verify FILE.`)
    if (consistency && anchor === undefined)
      throw new UsageError('--consistency needs --anchor FILE: the proof leads from there to the log.')
    const { decodeAnchor, decodeExport, verifyExport } = await import('../../../reference/audit/export.ts')
    const { openCheckpoint } = await import('../../../reference/audit/checkpoint.ts')
    const { consistencyProof, inclusionProof } = await import('../../../reference/audit/proofs.ts')
    const { Refusal } = await import('../../../reference/failure.ts')
    const { readFileSync, statSync } = await import('node:fs')
    const { resolve } = await import('node:path')
    const { fileReason } = await import('../../stream/stream-error.ts')

    const read = (file: string): Buffer => {
      const full = resolve(shell.cwd, file)
      try {
        if (statSync(full).size > longest)
          throw new UsageError(`${file} is longer than 1 GiB: export the log in parts.`)
        return readFileSync(full)
      } catch (error) {
        if (error instanceof UsageError) throw error
        throw new UsageError(`${file} could not be read: ${fileReason(error)}.`, { cause: error })
      }
    }
    const refused = (file: string, error: unknown): string => {
      if (!(error instanceof Refusal)) throw error
      const { code, reason } = error.failure
      if (code === 'wrong-format') throw new UsageError(`${file} is of another kind: ${reason}.`)
      return `${file} does not verify: ${reason}.`
    }
    const no = (sentence: string): number => {
      shell.stdout.write(`${sentence}\n`)
      return 1
    }
    const inFile = <T>(file: string, work: () => T): T | string => {
      try {
        return work()
      } catch (error) {
        return refused(file, error)
      }
    }

    const kept = anchor === undefined ? null : inFile(anchor, () => decodeAnchor(read(anchor).toString()))
    if (typeof kept === 'string') return no(kept)
    const exported = inFile(path, () => decodeExport(read(path)))
    if (typeof exported === 'string') return no(exported)
    const told = inFile(path, () => verifyExport(exported, kept))
    if (typeof told === 'string') return no(told)
    const { verdict, checkpoint } = told
    if (verdict.is === 'broken') return no(`${path} does not verify: at entry ${verdict.at}, ${verdict.why}.`)

    const { tree } = verdict
    const index = inclusion === undefined ? null : Number(inclusion)
    if (index !== null && !(/^\d+$/.test(inclusion ?? '') && index < tree.size))
      throw new UsageError(`--inclusion: the log has ${tree.size} entries, counted from 0, and none is "${inclusion}".`)
    const proof = (hashes: readonly Uint8Array[]) => hashes.map((one) => `  ${Buffer.from(one).toString('base64')}`)
    const since = kept === null ? null : openCheckpoint(kept.checkpoint, kept.verifier)
    const lines = [
      `${path} verifies: ${tree.size} entries of ${checkpoint.origin}, root ${Buffer.from(checkpoint.root).toString('base64')}.`,
      since === null
        ? 'Nothing was kept apart from it (--anchor): that it is the whole and the latest log is not shown.'
        : `It goes on from the anchor's ${since.size} entries.`,
    ]
    if (index !== null) lines.push(`Entry ${index} is included:`, `  ${tree.leaf(index).toString('base64')}`)
    if (index !== null) lines.push(...proof(inclusionProof(tree, index)))
    if (since !== null && consistency) lines.push(`From ${since.size} to ${tree.size} entries:`)
    if (since !== null && consistency) lines.push(...proof(consistencyProof(tree, since.size)))
    shell.stdout.write(`${lines.join('\n')}\n`)
    return 0
  },
})
