import { z } from 'zod'
import { kdfSchema } from '../pin/kdf.ts'
import { wrappedSize } from './wrap.ts'

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))
const opaque = z.string().regex(/^([0-9a-f]{2}){1,4096}$/)
const wrapped = hex(wrappedSize)

/** A way to open the vault, as the header holds it: the wrapped vault key, and what is needed to come by its key. */
export const slotSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('keyring'), wrapped }),
  z.strictObject({ method: z.literal('keyring-pin'), kdf: kdfSchema, wrapped }),
  /** `sealed`: the key-encryption key as the phone's key store sealed it behind a finger or face. */
  z.strictObject({ method: z.literal('biometric'), sealed: opaque, wrapped }),
  z.strictObject({ method: z.literal('passkey'), credential: opaque, salt: hex(32), wrapped }),
])
export type Slot = Readonly<z.infer<typeof slotSchema>>
export type SlotOf<M extends Slot['method']> = Extract<Slot, { method: M }>

type Unwrapped<S> = S extends Slot ? Omit<S, 'wrapped'> : never

/** What a wrapped key is bound to: this vault, this method, these parameters. */
export function slotBinding(vaultId: Uint8Array, slot: Unwrapped<Slot>): Buffer {
  const { wrapped: _, ...rest } = slot as Slot
  return Buffer.concat([Buffer.from('holdfast slot 2\0'), vaultId, Buffer.from(JSON.stringify(rest))])
}
