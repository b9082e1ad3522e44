import { argon2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Clock, Kdf } from '../../harness/contract/platforms/desktop.ts'
import { nodePorts } from '../ports/node-ports.ts'
import { atLeastFloor, calibrateKdf, type KdfCost, kdfDefault, kdfFloor } from './kdf.ts'

/** A machine that takes this many milliseconds for each MiB and pass. */
function machine(msPerMiB: number): { readonly kdf: Kdf; readonly clock: Clock } {
  let now = 5_000
  return {
    kdf: {
      argon2id({ memoryKiB, iterations, length }) {
        now += (memoryKiB / 1_024) * iterations * msPerMiB
        return Promise.resolve(new Uint8Array(length))
      },
    },
    clock: { now: () => now, after: () => Promise.resolve() },
  }
}
const upward = ({ memoryKiB, iterations, parallelism }: KdfCost) =>
  memoryKiB >= kdfDefault.memoryKiB && iterations >= kdfDefault.iterations && parallelism >= kdfDefault.parallelism

test('the default is above the floor', () => {
  expect(atLeastFloor(kdfDefault)).toBe(true)
})

test('calibration tunes toward the target, memory first, and never below the default', async () => {
  for (const msPerMiB of [0.01, 0.1, 0.5, 1, 5, 100]) {
    const { kdf, clock } = machine(msPerMiB)
    const cost = await calibrateKdf(kdf, clock, 500)
    expect(upward(cost)).toBe(true)
    const takes = (cost.memoryKiB / 1_024) * cost.iterations * msPerMiB
    if (cost !== kdfDefault && takes > 64 * 3 * msPerMiB) expect(takes).toBeLessThanOrEqual(500)
    if (msPerMiB <= 0.5) expect(takes).toBeGreaterThan(250)
  }
  const { kdf, clock } = machine(0.1)
  expect(await calibrateKdf(kdf, clock, 500)).toEqual({ memoryKiB: 262_144, iterations: 19, parallelism: 1 })
})

test('calibration by a clock that stands still or goes back keeps the default', async () => {
  const { kdf } = machine(1)
  let now = 0
  for (const step of [0, -1_000])
    expect(await calibrateKdf(kdf, { now: () => (now += step), after: () => Promise.resolve() }, 9_000)).toEqual(
      kdfDefault,
    )
})

test('Argon2id by hash-wasm gives what node:crypto gives', async () => {
  const password = Buffer.from('246810')
  const salt = Buffer.alloc(16, 7)
  const { memoryKiB, iterations, parallelism } = kdfFloor
  const { kdf } = nodePorts('nowhere', { write: () => {} })
  const ours = await kdf.argon2id({ password, salt, memoryKiB, iterations, parallelism, length: 32 })
  const theirs = argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    memory: memoryKiB,
    passes: iterations,
    parallelism,
    tagLength: 32,
  })
  expect(Buffer.from(ours).equals(theirs)).toBe(true)
})
