import { createHash, hash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { auditLog } from '../reference/audit/audit-log.ts'
import { merkleTree } from '../reference/audit/merkle-tree.ts'
import { inclusionProof, isIncluded } from '../reference/audit/proofs.ts'
import { nodePorts } from '../reference/ports/node-ports.ts'
import { median } from './measure.ts'
import { freeKeyring } from './reference-vault.ts'

// node bench/audit.ts [--short]: the audit log on a real disk, with a keyring that is free. Ratios are of one run.
const { short } = parseArgs({ options: { short: { type: 'boolean' } } }).values
const rounds = short ? 3 : 9
const batch = 1_000
const entries = (short ? 5 : 20) * batch
const leaves = short ? 100_000 : 1_000_000
const targets = { appendsPerSecond: 5_000, ofRaw: 0.5, proofMs: 5 }

const now = () => performance.now()
const met = (is: boolean): string => (is ? 'met' : 'missed')
/** Milliseconds of processor time: what others do on the machine counts less. */
const spent = async (work: () => unknown): Promise<number> => {
  const began = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1_000
}
const took = async (work: () => unknown): Promise<number> => {
  const began = now()
  await work()
  return now() - began
}

const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-audit-'))
try {
  const ports = { ...nodePorts(directory, { write() {} }), keyring: freeKeyring() }
  const log = auditLog({ origin: 'bench', ports })
  const events = Array.from({ length: batch }, (_, at) => ({
    action: 'put',
    subject: `account ${at}`,
    by: 'x'.repeat(100),
  }))
  const appends: number[] = []
  for (let at = 0; at < entries; at += batch) appends.push(await took(() => log.append(events)))
  const perSecond = (1_000 * batch) / median(appends)

  const read = () => readdirSync(directory).map((name) => readFileSync(join(directory, name)))
  const bytes = Buffer.concat(read()).length
  const rawly = () => spent(() => createHash('sha256').update(Buffer.concat(read())).digest())
  /** How fast a look is, of one SHA-256 over the same files. In turns: what one leaves behind is cleared up in the other. */
  const ofRawly = async (look: () => Promise<unknown>): Promise<number> => {
    const [raw, looked]: [number[], number[]] = [[], []]
    for (let round = 0; round < 3 * rounds; round++) {
      if (round % 2 === 0) raw.push(await rawly())
      looked.push(await spent(look))
      if (round % 2 === 1) raw.push(await rawly())
    }
    return median(raw) / median(looked)
  }
  const ofRaw = await ofRawly(() => log.verify())
  const wholeOfRaw = await ofRawly(() => log.entries())

  const leaf = (at: number) => hash('sha256', `leaf ${at}`, 'buffer')
  const tree = merkleTree(Array.from({ length: leaves }, (_, at) => leaf(at)))
  const root = tree.root()
  const proofs: number[] = []
  for (let at = 0; at < leaves; at += Math.floor(leaves / 200)) {
    let proof: ReturnType<typeof inclusionProof> = []
    proofs.push(
      await took(() => {
        proof = inclusionProof(tree, at)
      }),
    )
    if (!isIncluded(leaf(at), at, leaves, root, proof)) throw new Error(`the proof of leaf ${at} does not hold`)
  }
  const slow = proofs.toSorted((a, b) => a - b).at(-2 - Math.floor(proofs.length / 100)) ?? 0

  process.stdout.write(
    [
      `load ${(loadavg()[0] ?? 0).toFixed(1)}; ${entries} entries, ${(bytes / entries).toFixed(0)} bytes each, in batches of ${batch}`,
      `append, durable       ${perSecond.toFixed(0)} entries/s; target ${targets.appendsPerSecond} ${met(perSecond >= targets.appendsPerSecond)}`,
      `verify                ${ofRaw.toFixed(2)} of raw SHA-256 over the same files, by processor time; target ${targets.ofRaw} ${met(ofRaw >= targets.ofRaw)}`,
      `every entry and tree  ${wholeOfRaw.toFixed(2)} of the same: a hash of its own for each entry and each node`,
      `inclusion of 1 in ${leaves}: median ${median(proofs).toFixed(3)} ms, 99 of 100 within ${slow.toFixed(2)} ms; target ${targets.proofMs} ms ${met(slow < targets.proofMs)}`,
      '',
    ].join('\n'),
  )
} finally {
  rmSync(directory, { recursive: true, force: true })
}
