import type { Description } from '../../harness/contract/description.ts'
import { tellEvent } from '../../harness/contract/events.ts'
import type { Returned, VaultCall } from '../../harness/contract/operations.ts'
import type { Person } from '../../harness/contract/platforms/desktop.ts'
import type { Vault, VaultContext } from '../../harness/contract/vault.ts'
import { type AuditLog, auditLog } from '../audit/audit-log.ts'
import { filePrefix } from '../audit/log-files.ts'
import { failureOf, Refusal } from '../failure.ts'
import { acceptedFiles } from './accepted-files.ts'
import { type OfflineSigner, offlineSigner } from './offline-signer.ts'
import { partOfFolder } from './part-of-folder.ts'
import { receiver, type SeenTransactions } from './receiver.ts'
import { keyPairOf } from './signing-keys.ts'
import type { Algorithm, Transaction } from './transaction.ts'

/** How long a person is waited for who does nothing about the prompt. Milliseconds. */
const patienceMs = 120_000
const logPrefix = 'log.'

/** What the signer says of itself. */
export const signingDescription = (algorithm: Algorithm): Description => ({
  name: `holdfast-reference-signing-${algorithm}`,
  version: '1',
  profiles: ['signing'],
  operations: ['sign', 'publicKeys', 'rotateKey', 'invalidateKey', 'verifySigned', 'handOver', 'accept', 'entries'],
  values: 'bytes',
  limits: {},
  durability: 'durable',
  keyring: 'every-call',
  processes: 'several',
  audit: { files: `${logPrefix}${filePrefix}` },
  signing: { asks: 'each', keys: 'given' },
  restore: 'namespace',
  derived: ['`handOver` is `sync` with a receiver that takes each'],
  mapping: [],
})

/** Asks for each transaction, and shows what it is. */
const confirmedBy =
  (person: Person | undefined) =>
  async ({ id, fields }: Transaction): Promise<void> => {
    if (person === undefined) throw new Refusal('hardware-unavailable', { reason: 'there is nobody to ask' })
    const shown = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
    const end = await person.confirm([`Sign ${id}?`, ...shown].join('\n'), patienceMs)
    if (end === 'dismissed') throw new Refusal('user-cancelled', { reason: 'the person did not confirm' })
    if (end === 'unanswered') throw new Refusal('timeout', { reason: 'nobody confirmed' })
  }

interface Parts {
  readonly signer: OfflineSigner
  readonly log: AuditLog
  readonly name: string
  /** Of the receiving end. */
  readonly seen: SeenTransactions
}

async function perform({ signer, log, name, seen }: Parts, call: VaultCall): Promise<Returned> {
  switch (call.op) {
    case 'sign':
      return signer.sign(call.transaction)
    case 'publicKeys':
      return (await signer.keys()).map(({ algorithm, spki }) => `${algorithm} ${spki}`)
    case 'rotateKey':
      await signer.rotate(typeof call.key === 'string' ? Buffer.from(call.key) : call.key)
      return null
    case 'invalidateKey':
      await signer.invalidate()
      return null
    case 'verifySigned':
      await signer.verify(call.signed)
      return null
    case 'handOver': {
      const sent: string[] = []
      await signer.sync(async (signed) => {
        sent.push(signed)
        return 'accepted'
      })
      return sent
    }
    case 'accept':
      await receiver(name, await signer.keys(), seen).accept(call.signed)
      return null
    case 'entries':
      return (await log.entries()).map(({ event: { action = '', subject = '' } }) => tellEvent({ action, subject }))
    default:
      throw new Refusal('unsupported')
  }
}

/**
 * The signer as the harness asks it, with its log, and a receiver of what it signs.
 * @param approved the approved (FIPS) profile
 */
export const signingVault =
  (algorithm: Algorithm, approved = false) =>
  ({ namespace, ports }: VaultContext): Vault => {
    const { files, random, person } = ports
    const log = auditLog({ origin: `${namespace}/audit`, ports: { ...ports, files: partOfFolder(files, logPrefix) } })
    const name = `${namespace}/signer`
    const signer = offlineSigner({
      signer: name,
      ports,
      algorithm,
      approved,
      log,
      authenticate: confirmedBy(person),
      newKeys: (wanted) => keyPairOf(wanted, random.bytes(32)),
    })
    const seen = acceptedFiles(partOfFolder(files, 'receiver.'), ports.log)
    const description = signingDescription(algorithm)
    return {
      description,
      async invoke(call) {
        try {
          return { is: 'ok', value: await perform({ signer, log, name, seen }, call) }
        } catch (error) {
          return { is: 'fail', failure: failureOf(error) }
        }
      },
    }
  }
