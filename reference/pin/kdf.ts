import { z } from 'zod'
import type { Clock, Kdf } from '../../harness/contract/platforms/desktop.ts'
import { isStrongPbkdf2, type Pbkdf2Cost, pbkdf2Schema, raisedPbkdf2 } from './pbkdf2.ts'

/** What Argon2id costs. */
export interface KdfCost {
  readonly memoryKiB: number
  readonly iterations: number
  readonly parallelism: number
}

/** OWASP Password Storage Cheat Sheet: nothing below is written, and nothing below is opened. */
export const kdfFloor: KdfCost = { memoryKiB: 19_456, iterations: 2, parallelism: 1 }

/**
 * RFC 9106's second recommendation, 64 MiB and 3 passes, but with one lane in place of four: WebAssembly computes lanes
 * one after another, so that more of them would be faster for who attacks and not for us.
 */
export const kdfDefault: KdfCost = { memoryKiB: 65_536, iterations: 3, parallelism: 1 }

/** Above these a header is not believed, since opening it would take the machine down. */
const ceiling: KdfCost = { memoryKiB: 2_097_152, iterations: 1_024, parallelism: 16 }

/** Bytes of salt, as RFC 9106 recommends. */
export const saltSize = 16

const salt = z.string().regex(new RegExp(`^[0-9a-f]{${saltSize * 2}}$`))
const argon2idSchema = z.strictObject({
  id: z.literal('argon2id'),
  memoryKiB: z.number().int().max(ceiling.memoryKiB),
  iterations: z.number().int().max(ceiling.iterations),
  parallelism: z.number().int().max(ceiling.parallelism),
  salt,
})
/** How a slot's key is derived from its PIN: kept with the slot, and honoured on opening. */
export const kdfSchema = z.discriminatedUnion('id', [argon2idSchema, pbkdf2Schema.extend({ salt })])
export type KdfParameters = Readonly<z.infer<typeof kdfSchema>>

/** What guessing a PIN costs: by Argon2id, or by PBKDF2 where the approved profile asks for it. */
export type PinCost = KdfCost | Pbkdf2Cost
const isArgon2id = (cost: PinCost | KdfParameters): cost is KdfCost => 'memoryKiB' in cost

/** Whether no part of the cost is below the floor. */
export const atLeastFloor = (cost: PinCost): boolean =>
  isArgon2id(cost) ? argon2idAtLeastFloor(cost) : isStrongPbkdf2(cost)
const argon2idAtLeastFloor = (cost: KdfCost): boolean =>
  cost.memoryKiB >= kdfFloor.memoryKiB &&
  cost.iterations >= kdfFloor.iterations &&
  cost.parallelism >= kdfFloor.parallelism

/** What a slot is made with: never below the floor. */
export const raised = (cost: PinCost): PinCost => (isArgon2id(cost) ? dearer(cost, kdfFloor) : raisedPbkdf2(cost))

/** What a new PIN costs: the higher of both, by the algorithm that the vault was made with. */
export function costAfter(wanted: PinCost, stored: KdfParameters): PinCost {
  if (isArgon2id(stored)) return dearer(isArgon2id(wanted) ? wanted : kdfDefault, stored)
  const { id, iterations } = stored
  const more = !isArgon2id(wanted) && wanted.id === id ? wanted.iterations : 0
  return { id, iterations: Math.max(more, iterations) }
}

/** The higher of two costs, part by part. */
const dearer = (a: KdfCost, b: KdfCost): KdfCost => ({
  memoryKiB: Math.max(a.memoryKiB, b.memoryKiB),
  iterations: Math.max(a.iterations, b.iterations),
  parallelism: Math.max(a.parallelism, b.parallelism),
})

/** Memory that calibration does not go beyond, in KiB. */
const mostMemoryKiB = 262_144

/**
 * Finds a cost that takes about `targetMs` on this machine. Only upward: a slow machine gets the default, not less.
 * Memory is doubled first, since it is what costs an attacker most; passes take up the rest.
 */
export async function calibrateKdf(kdf: Kdf, clock: Clock, targetMs: number): Promise<KdfCost> {
  const measure = async ({ memoryKiB, iterations, parallelism }: KdfCost) => {
    const begun = clock.now()
    const password = new Uint8Array(32)
    const key = await kdf.argon2id({
      password,
      salt: new Uint8Array(saltSize),
      memoryKiB,
      iterations,
      parallelism,
      length: 32,
    })
    key.fill(0)
    // A clock that was set back, or one that is too coarse, tells nothing: then there is no tuning.
    return Math.max(clock.now() - begun, 0)
  }
  let cost = kdfDefault
  let took = await measure(cost)
  while (took > 0 && took * 2 <= targetMs && cost.memoryKiB * 2 <= mostMemoryKiB) {
    cost = { ...cost, memoryKiB: cost.memoryKiB * 2 }
    took = await measure(cost)
  }
  if (took === 0) return kdfDefault
  const iterations = Math.floor((cost.iterations * targetMs) / took)
  return { ...cost, iterations: Math.min(ceiling.iterations, Math.max(cost.iterations, iterations)) }
}
