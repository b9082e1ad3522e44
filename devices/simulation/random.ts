import type { Random } from '../../harness/contract/platforms/desktop.ts'

/** Bytes that look random and are the same after every `reset`. Never for anything but simulation. */
export interface RepeatableRandom {
  readonly port: Random
  reset(): void
}

/** Makes a generator (sfc32) with a fixed seed. */
export const createRandom = (): RepeatableRandom => {
  let a = 0
  let b = 0
  let c = 0
  let counter = 0
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return t
  }
  const reset = () => {
    a = 0x9e3779b9
    b = 0x243f6a88
    c = 0xb7e15162
    counter = 1
    for (let i = 0; i < 12; i += 1) next()
  }
  reset()
  return {
    port: {
      bytes(size) {
        const bytes = new Uint8Array(size)
        for (let i = 0; i < size; i += 1) bytes[i] = next() >>> 24
        return bytes
      },
    },
    reset,
  }
}
