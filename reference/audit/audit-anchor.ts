import { z } from 'zod'
import type { Keyring, KeyringItem } from '../../harness/contract/platforms/desktop.ts'
import { Refusal } from '../failure.ts'
import { fromHex, toHex } from '../hex.ts'
import { fromBase64 } from './signed-note.ts'

/**
 * What is kept of a log outside of it, in the operating system's keyring: the key that signs its checkpoints, and the
 * latest one. One item, so that it changes as a whole: its change is the moment at which entries count.
 */
export interface AuditAnchor {
  /** 32 secret bytes. */
  readonly seed: Uint8Array
  readonly checkpoint: string
}

const kept = z.strictObject({ format: z.literal(1), seed: z.string().length(44), checkpoint: z.string() })
const damaged = () => new Refusal('corrupt', { reason: 'what the keyring holds of the log is damaged' })

/** Null where there is none. @throws Refusal `corrupt` */
export async function readAnchor(keyring: Keyring, item: KeyringItem): Promise<AuditAnchor | null> {
  const stored = await keyring.get(item)
  if (stored === null) return null
  using bytes = fromHex(stored)
  if (bytes === null) throw damaged()
  try {
    const { seed, checkpoint } = kept.parse(JSON.parse(Buffer.from(bytes.bytes).toString()))
    const secret = fromBase64(seed)
    if (secret?.length !== 32) throw damaged()
    return { seed: secret, checkpoint }
  } catch {
    throw damaged()
  }
}

/** Puts it into the keyring, in hexadecimal: some lose a whole collection to a raw line end. */
export async function keepAuditAnchor(keyring: Keyring, item: KeyringItem, anchor: AuditAnchor): Promise<void> {
  const seed = Buffer.from(anchor.seed).toString('base64')
  using secret = toHex(Buffer.from(JSON.stringify({ format: 1, seed, checkpoint: anchor.checkpoint })))
  await keyring.set(item, secret.bytes)
}
