import type { Device } from '../contract/device.ts'
import type { Observation } from '../contract/history.ts'
import type { ValueRef } from '../contract/values.ts'
import { secretOf } from './canary.ts'
import { sizeOf } from './canary-bytes.ts'
import { compareCiphertexts, leastCompared, type Sealing } from './ciphertexts.ts'

/** Looks at the vault's files after each write of some length. */
export interface CiphertextWatch {
  acknowledged(name: string, ref: ValueRef): Promise<void>
  /** The files were changed behind the vault's back: what it does with them afterwards is another matter. */
  forget(): void
  /** Null where there was nothing to compare. */
  compare(): (Observation & { probe: 'ciphertexts' }) | null
}

/** Longer values cost more than they tell. Bytes. */
const mostCompared = 8_192
/** Writes of a program that are compared with each other. */
const mostSealings = 8

/** @param namespace of the program at hand */
export function watchCiphertexts(device: Device, namespace: string): CiphertextWatch {
  let before: ReadonlyMap<string, Uint8Array> = new Map()
  let sealings: Sealing[] = []
  const changed = (path: string, bytes: Uint8Array): boolean => {
    const old = before.get(path)
    return old !== bytes && (old === undefined || Buffer.compare(old, bytes) !== 0)
  }
  return {
    async acknowledged(name, ref) {
      const size = sizeOf(ref)
      if (device.files === undefined || size < leastCompared || size > mostCompared || sealings.length >= mostSealings)
        return
      const now = await device.files(namespace)
      const made = [...now].filter(([path, bytes]) => changed(path, bytes))
      before = now
      const value = Buffer.from(secretOf(ref, 'bytes'))
      const [files, those] = [[...now], made].map((some) => some.map(([, bytes]) => Buffer.from(bytes)))
      if (now.size > 0) sealings.push({ name, value, files: files ?? [], changed: those ?? [] })
    },
    forget() {
      before = new Map()
      sealings = []
    },
    compare() {
      if (sealings.length < 2) return null
      const compared = compareCiphertexts(sealings)
      return compared.pairs === 0 ? null : { probe: 'ciphertexts', ...compared }
    },
  }
}
