import type { DesktopPorts } from '../../harness/contract/platforms/desktop.ts'
import { alone } from '../alone.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import { canonicalJson } from '../audit/canonical-json.ts'
import { Refusal } from '../failure.ts'
import { queue } from '../queue.ts'
import { isSignedBy, type KeyPair, keyPairOf, newKeyPair, type PublicKey, publicKeyOf, sign } from './signing-keys.ts'
import { type SigningState, stateStore } from './signing-state.ts'
import {
  type Algorithm,
  checkedTransaction,
  digestOf,
  parseSigned,
  type Signed,
  signedBytes,
  type Transaction,
} from './transaction.ts'

/** What a receiver says: `replayed` where it had it already. */
export type Received = 'accepted' | 'replayed'

/** Signs transactions while there is no network, each once. Every call may be refused with a code of the contract. */
export interface OfflineSigner {
  /**
   * Signs, keeps it for the next `sync`, and tells the log once.
   * @returns the signed transaction, canonical JSON
   * @throws Refusal `replayed` where a transaction of this id was signed before, `rejected` where one of other contents was begun and cut short; `key-invalidated` where the key is gone
   */
  sign(transaction: Transaction): Promise<string>
  /** What was signed and not sent yet, in order. */
  queued(): Promise<readonly string[]>
  /** Sends what is queued, in order, and says how many. What the receiver has already is taken as sent. */
  sync(send: (signed: string) => Promise<Received>): Promise<number>
  /** Whether one of this vault's keys has signed it, current or not. @throws Refusal `rejected` */
  verify(signed: string): Promise<void>
  /** Every public key there ever was, the oldest first: what a receiver believes signatures by. */
  keys(): Promise<readonly PublicKey[]>
  /**
   * Puts a new key in place of the current one, whose signatures stay verifiable.
   * @param raw the key, for whoever has one: see `keyPairOf`. Default: one is made
   */
  rotate(raw?: Uint8Array): Promise<PublicKey>
  /** Ends the current key: nothing is signed until `rotate`. */
  invalidate(): Promise<void>
}

export interface OfflineSignerOptions {
  /** Names the vault in what is signed, and in the keyring. */
  readonly signer: string
  readonly ports: DesktopPorts
  /** Is told of each signature once, by id and digest. In a folder of its own. */
  readonly log: Pick<AuditLog, 'append' | 'entries'>
  readonly algorithm?: Algorithm
  /** The approved (FIPS) profile: ECDSA P-256 alone. A signer with a key of another algorithm is refused as `wrong-format`. */
  readonly approved?: boolean
  /** Asks the person, for each signature. Throws where they were not recognised or said no. */
  authenticate(transaction: Transaction): Promise<void>
  /** Makes keys. Default: the system's generator. */
  readonly newKeys?: (algorithm: Algorithm) => KeyPair
}

export function offlineSigner(options: OfflineSignerOptions): OfflineSigner {
  const { signer, ports, log, approved = false, authenticate, newKeys = newKeyPair } = options
  const algorithm = options.algorithm ?? (approved ? approvedAlgorithm : 'ed25519')
  if (approved && algorithm !== approvedAlgorithm)
    throw new Refusal('unsupported', { reason: `the approved profile does not sign with ${algorithm}` })
  const store = stateStore(ports.files, ports.keyring, { service: signer, account: 'signing' })
  const inTurn = queue()
  const byItself = alone(ports.files, ports.log)
  const changing = <T>(work: () => Promise<T>): Promise<T> => inTurn(() => byItself(work))

  const current = async () => {
    const found = await store.read()
    if (found !== null) {
      const { generation, secret } = found.anchor
      const state = found.state ?? firstState(secret)
      if (approved && state.keys.some((key) => key.algorithm !== approvedAlgorithm))
        throw new Refusal('wrong-format', { reason: 'the approved profile does not read a key that is not of P-256' })
      return { state, secret, generation }
    }
    const secret = Buffer.from(newKeys(algorithm).secret).toString('base64')
    await store.begin(secret)
    return { state: firstState(secret), secret, generation: 0 }
  }
  const inUse = ({ keys }: SigningState): PublicKey | undefined => keys.find(({ state }) => state === 'current')
  const ended = (keys: readonly PublicKey[], state: 'rotated' | 'invalidated'): PublicKey[] =>
    keys.map((key) => (key.state === 'current' ? { ...key, state } : key))

  /** Tells the log of it, unless a call that was cut short has done so. */
  const logged = async ({ id }: Transaction, digest: string, begun: boolean) => {
    const there = begun && (await log.entries()).some(({ event }) => event.action === 'sign' && event.subject === id)
    if (!there) await log.append([{ action: 'sign', subject: id, digest }])
  }
  const signOne = async (transaction: Transaction): Promise<string> => {
    const { state, secret, generation } = await current()
    const digest = digestOf(transaction)
    const before = Object.hasOwn(state.used, transaction.id) ? state.used[transaction.id] : undefined
    if (before !== undefined && before.is !== 'begun')
      throw new Refusal('replayed', { reason: 'a transaction of this id was signed before' })
    // The log may have it already, as it was begun.
    if (before !== undefined && before.digest !== digest)
      throw new Refusal('rejected', { reason: 'a transaction of this id was begun with other contents' })
    const key = inUse(state)
    if (key === undefined || secret === null)
      throw new Refusal('key-invalidated', { reason: 'there is no key to sign with' })
    await authenticate(transaction)
    const body = { format: 1, signer, algorithm: key.algorithm, key: key.id, transaction } as const
    const signature = signatureOf(body, key, secret)
    const begun = { ...state, used: { ...state.used, [transaction.id]: { digest, is: 'begun' as const } } }
    if (before === undefined) await store.write(begun, secret, generation + 1)
    await logged(transaction, digest, before !== undefined)
    const signed: Signed = { ...body, signature }
    const used = { ...begun.used, [transaction.id]: { digest, is: 'signed' as const } }
    await store.write({ ...begun, used, queue: [...begun.queue, signed] }, secret, generation + 2)
    return canonicalJson(signed)
  }
  const sendFirst = async (send: (signed: string) => Promise<Received>): Promise<boolean> => {
    const { state, secret, generation } = await current()
    const [first, ...rest] = state.queue
    if (first === undefined) return false
    await send(canonicalJson(first))
    const { id } = first.transaction
    const used = { ...state.used, [id]: { digest: digestOf(first.transaction), is: 'sent' as const } }
    await store.write({ ...state, used, queue: rest }, secret, generation + 1)
    return true
  }

  return {
    sign: async (given) => {
      const transaction = checkedTransaction(given)
      return changing(() => signOne(transaction))
    },
    queued: () => changing(async () => (await current()).state.queue.map(canonicalJson)),
    sync: (send) =>
      changing(async () => {
        let sent = 0
        while (await sendFirst(send)) sent++
        return sent
      }),
    verify: (text) =>
      changing(async () => {
        const signed = parseSigned(text)
        const { keys } = (await current()).state
        requireSignature(signed, signer, keys)
      }),
    keys: () => changing(async () => (await current()).state.keys),
    rotate: (raw) =>
      changing(async () => {
        const { state, generation } = await current()
        const { publicKey, secret } = raw === undefined ? newKeys(algorithm) : keyPairOf(algorithm, raw)
        if (state.keys.some(({ id, state }) => id === publicKey.id && state === 'current')) return publicKey
        // One that was there before is there once.
        const others = ended(state.keys, 'rotated').filter(({ id }) => id !== publicKey.id)
        const keys = [...others, publicKey]
        await store.write({ ...state, keys }, Buffer.from(secret).toString('base64'), generation + 1)
        return publicKey
      }),
    invalidate: () =>
      changing(async () => {
        const { state, generation } = await current()
        await store.write({ ...state, keys: ended(state.keys, 'invalidated') }, null, generation + 1)
      }),
  }
}

/**
 * Verified before it is told to anybody: a private half that is damaged, or another's, signs too.
 * @throws Refusal `corrupt`
 */
function signatureOf(body: Omit<Signed, 'signature'>, key: PublicKey, secret: string): string {
  const pkcs8 = Buffer.from(secret, 'base64')
  const bytes = signedBytes(body)
  const made = sign(key.algorithm, pkcs8, bytes)
  pkcs8.fill(0)
  if (made === null || !isSignedBy(key, bytes, made))
    throw new Refusal('corrupt', { reason: 'the private half in the keyring is not the one of the key' })
  return made.toString('base64')
}

/** What the approved profile signs with. */
const approvedAlgorithm: Algorithm = 'ecdsa-p256-sha256'

/** What a signer is that has its first key and nothing else. @throws Refusal `corrupt` */
function firstState(secret: string | null): SigningState {
  try {
    const keys = secret === null ? [] : [publicKeyOf(Buffer.from(secret, 'base64'))]
    return { format: 1, keys, used: {}, queue: [] }
  } catch {
    throw new Refusal('corrupt', { reason: 'the first key of the signer is damaged' })
  }
}

/** @throws Refusal `rejected` where none of these keys has signed it for this signer */
export function requireSignature(signed: Signed, signer: string, keys: readonly PublicKey[]): void {
  const key = keys.find(({ id, algorithm }) => id === signed.key && algorithm === signed.algorithm)
  const right =
    signed.signer === signer &&
    key !== undefined &&
    isSignedBy(key, signedBytes(signed), Buffer.from(signed.signature, 'base64'))
  if (!right) throw new Refusal('rejected', { reason: 'the signature is not of a key of this vault' })
}
