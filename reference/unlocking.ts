import type { DesktopPorts, KeyringItem } from '../harness/contract/platforms/desktop.ts'
import type { Alone } from './alone.ts'
import { type Anchor, fetchAnchor } from './anchor.ts'
import { type Commits, commits } from './commits.ts'
import { Refusal } from './failure.ts'
import type { Folder } from './folder.ts'
import { decodeHeader, type Header, type SealedHeader } from './header.ts'
import { deriveKeys, type Keys } from './keys.ts'
import type { Rows } from './manifest.ts'
import { copySecret, type SecretBytes } from './memory/secret-bytes.ts'
import { type MethodPorts, openSlot, type PlainSlot } from './methods/methods.ts'
import { readManifest, settleHeader, tidy } from './opening.ts'
import { requireApprovedSlots } from './pin/approved.ts'
import { type Count, guess } from './pin/guess.ts'
import type { Lockout } from './pin/lockout.ts'

/** A vault that was opened, with its keys, which are the caller's to dispose of. */
export interface Opened {
  readonly header: Header
  readonly rows: Rows
  readonly vaultKey: SecretBytes
  readonly keys: Keys
  readonly change: Commits
}
/** The key of a vault that a person opened at a prompt. */
export interface Asked extends Disposable {
  readonly id: Buffer
  readonly vaultKey: SecretBytes
}
export interface Unlocking {
  /** Where the slot that opens without a PIN has a prompt, shows it. Others are not held up meanwhile. */
  askPerson(peeked: Uint8Array): Promise<Asked | null>
  /** Opens by the PIN, by the prompt that was answered, or by the keyring. The caller is alone with the vault. */
  open(pin: Uint8Array | null, asked: Asked | null): Promise<Opened>
}

interface Held {
  readonly item: KeyringItem
  readonly place: Folder
  readonly alone: Alone
  readonly lockedOut: Lockout
}

export function unlocking(ports: DesktopPorts, methods: MethodPorts, held: Held): Unlocking {
  const { keyring, files, kdf, log } = ports
  const { item, place, alone, lockedOut } = held

  /** The anchor, and the header that it speaks of: the two change together. */
  const standing = async (): Promise<{ readonly anchor: Anchor; readonly sealed: SealedHeader }> => {
    const read = decodeHeader(await place.requireHeader())
    const anchor = await fetchAnchor(keyring, item)
    if (anchor === null) throw new Refusal('key-invalidated', { reason: 'the keyring has no key of this vault' })
    try {
      if (!read.header.id.equals(anchor.id))
        throw new Refusal('wrong-key', { reason: 'the key in the keyring is of another vault' })
      return { anchor, sealed: await settleHeader(files, place, read, anchor) }
    } catch (error) {
      anchor[Symbol.dispose]()
      throw error
    }
  }
  const vaultKeyOf = async (header: Header, count: Count, pin: Uint8Array | null, asked: Asked | null) => {
    if (asked !== null) {
      // A vault's key never changes, but there may be another vault by now.
      if (!asked.id.equals(header.id)) throw new Refusal('busy', { reason: 'another process has set up another vault' })
      return copySecret(asked.vaultKey.bytes)
    }
    if (pin === null) return openSlot(methods, count.anchor, plainSlot(header))
    const guessed = header.slots.find((slot) => slot.method === 'keyring-pin')
    if (guessed === undefined) throw new Refusal('invalid-argument', { reason: 'this vault has no PIN' })
    return guess(kdf, lockedOut, count, guessed, pin)
  }
  return {
    async askPerson(bytes) {
      if (!prompts(decodeHeader(bytes).header)) return null
      const { anchor, sealed } = await alone(standing)
      using _ = anchor
      const vaultKey = await openSlot(methods, anchor, plainSlot(sealed.header))
      return { id: sealed.header.id, vaultKey, [Symbol.dispose]: () => vaultKey[Symbol.dispose]() }
    },
    async open(pin, asked) {
      const { anchor, sealed } = await standing()
      const { header, verify } = sealed
      try {
        if (methods.approved === true) requireApprovedSlots(header.slots)
      } catch (error) {
        anchor[Symbol.dispose]()
        throw error
      }
      const change = commits(place, keyring, item, log, anchor)
      const secrets: Disposable[] = [change]
      try {
        const vaultKey = await vaultKeyOf(header, change, pin, asked)
        secrets.push(vaultKey)
        const keys = deriveKeys(vaultKey.bytes, header.id)
        secrets.push(keys)
        verify(keys.header.bytes)
        const rows = await readManifest(files, keys.manifest.bytes, change.anchor)
        await tidy(place, change.anchor, rows)
        return { header, rows, vaultKey, keys, change }
      } catch (error) {
        for (const secret of secrets) secret[Symbol.dispose]()
        throw error
      }
    },
  }
}

/** Whether the slot that opens without a PIN asks a person, for as long as it takes. */
const prompts = ({ slots }: Header): boolean => {
  const plain = slots.find((slot) => slot.method !== 'keyring-pin')
  return plain !== undefined && plain.method !== 'keyring'
}

/** The slot that opens without a PIN. */
function plainSlot({ slots }: Header): PlainSlot {
  const plain = slots.find((slot): slot is PlainSlot => slot.method !== 'keyring-pin')
  if (plain === undefined) throw new Refusal('invalid-argument', { reason: 'a PIN is needed' })
  return plain
}
