import type { Sight, Sought } from '../contract/device.ts'
import type { FoundSecret, Observation } from '../contract/history.ts'
import type { PinRef, ValueRef } from '../contract/values.ts'
import { pinSize, sizeOf, writeCanary, writePin } from './canary-bytes.ts'
import { encodingsOf } from './encodings.ts'

/** Secrets by their recipes. Those too short to be told from chance are not sought. */
export interface Given {
  readonly values: readonly ValueRef[]
  readonly pins: readonly PinRef[]
}
const shortest = 12
/** What the adapter holds for a look that must find it: no program uses it. */
export const heldSecret: ValueRef = { canary: 990_001, size: 48, kind: 'text' }

/** Searches the memory of the vault's process for secrets. Null where it cannot be seen now. */
export async function lookForSecrets(
  sight: Sight,
  after: (Observation & { probe: 'memory' })['after'],
  given: Given,
): Promise<(Observation & { probe: 'memory' }) | null> {
  const secrets = new Map<string, Omit<FoundSecret, 'encoding'>>()
  const sought: Sought[] = []
  const seek = (secret: FoundSecret['secret'], canary: number, size: number, write: (into: Uint8Array) => void) => {
    if (size < shortest) return
    const what = `${secret} ${sought.length}`
    const bytes = new Uint8Array(size)
    write(bytes)
    sought.push({ what, bytes })
    secrets.set(what, { secret, canary })
  }
  for (const ref of given.values) seek('value', ref.canary, sizeOf(ref), (into) => writeCanary(ref, into))
  for (const ref of given.pins) seek('pin', ref.pin, pinSize, (into) => writePin(ref, into))
  const seen = await sight.searchMemory(sought, encodingsOf)
  if (seen === null) return null
  const found = new Map<string, FoundSecret>()
  for (const { what, encoding } of seen.found) {
    const secret = secrets.get(what)
    if (secret !== undefined) found.set(`${what} ${encoding}`, { ...secret, encoding })
  }
  return { probe: 'memory', after, bytes: seen.bytes, sought: sought.length, found: [...found.values()] }
}
