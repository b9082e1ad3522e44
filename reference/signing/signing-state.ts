import { hash } from 'node:crypto'
import { z } from 'zod'
import type { Files, Keyring, KeyringItem } from '../../harness/contract/platforms/desktop.ts'
import { canonicalJson } from '../audit/canonical-json.ts'
import { Refusal } from '../failure.ts'
import { fromHex, toHex } from '../hex.ts'
import { publicKeySchema } from './signing-keys.ts'
import { signedSchema } from './transaction.ts'

const stateSchema = z.strictObject({
  format: z.literal(1),
  /** All that there ever were, the oldest first. */
  keys: z.array(publicKeySchema),
  /** By id, every transaction that was ever begun: the digest of it, and how far it is. */
  used: z.record(z.string(), z.strictObject({ digest: z.string(), is: z.enum(['begun', 'signed', 'sent']) })),
  /** Signed and not sent yet, in order. */
  queue: z.array(signedSchema),
})
/** What a signer keeps in its folder: nothing secret. */
export type SigningState = z.infer<typeof stateSchema>

const anchorSchema = z.strictObject({
  format: z.literal(1),
  /** 0 for a signer with its first key, which has no state beside it yet. */
  generation: z.number().int().nonnegative(),
  /** SHA-256 of the state; empty at generation 0. */
  state: z.string(),
  /** PKCS #8 of the current key, base64; null where it is gone. */
  secret: z.string().nullable(),
})
/** What the keyring keeps of it, as one item: its change is the moment at which a change counts. */
export type SigningAnchor = z.infer<typeof anchorSchema>

function stateOf(bytes: Uint8Array): SigningState | null {
  try {
    return stateSchema.parse(JSON.parse(Buffer.from(bytes).toString()))
  } catch {
    return null
  }
}

const fileOf = (generation: number): string => `signing-${generation}`

export interface StateStore {
  /** Null where there was never anything; the state is null until it is written. @throws Refusal `corrupt` or `rollback` */
  read(): Promise<{ readonly state: SigningState | null; readonly anchor: SigningAnchor } | null>
  /** A signer begins with one change of the keyring: cut short, there is none, or there is one. */
  begin(secret: string): Promise<void>
  write(state: SigningState, secret: string | null, generation: number): Promise<void>
}

export function stateStore(files: Files, keyring: Keyring, item: KeyringItem): StateStore {
  const damaged = (what: string) => new Refusal('corrupt', { reason: `${what} of the signer is damaged` })
  const anchor = async (): Promise<SigningAnchor | null> => {
    const stored = await keyring.get(item)
    if (stored === null) return null
    using bytes = fromHex(stored)
    if (bytes === null) throw damaged('what the keyring holds')
    try {
      return anchorSchema.parse(JSON.parse(Buffer.from(bytes.bytes).toString()))
    } catch {
      throw damaged('what the keyring holds')
    }
  }
  const keep = async (kept: SigningAnchor) => {
    using encoded = toHex(Buffer.from(JSON.stringify(kept)))
    await keyring.set(item, encoded.bytes)
  }
  return {
    begin: (secret) => keep({ format: 1, generation: 0, state: '', secret }),
    async read() {
      const found = await anchor()
      const names = (await files.list()).filter((name) => name.startsWith('signing-'))
      if (found === null) {
        if (names.length === 0) return null
        throw new Refusal('key-invalidated', { reason: 'the keyring has nothing of the signer that is here' })
      }
      if (found.generation === 0) return { state: null, anchor: found }
      const bytes = await files.read(fileOf(found.generation))
      if (bytes === null) throw new Refusal('rollback', { reason: 'the newest state of the signer is not there' })
      if (hash('sha256', bytes) !== found.state) throw damaged('the state')
      const state = stateOf(bytes)
      if (state === null) throw damaged('the state')
      return { state, anchor: found }
    },
    async write(state, secret, generation) {
      const text = canonicalJson(state)
      const name = fileOf(generation)
      await files.write(name, Buffer.from(text))
      await files.sync(name)
      await files.syncDirectory()
      await keep({ format: 1, generation, state: hash('sha256', text), secret })
      for (const other of await files.list())
        if (other.startsWith('signing-') && other !== name) await files.remove(other)
    },
  }
}
