import { expect, it } from 'vitest'
import { giveBack } from './give-back.ts'

it('gives back memory that is all of the bytes, zeroed', () => {
  const bytes = Buffer.alloc(100_000, 7)
  const { buffer } = bytes
  giveBack(bytes)
  expect(bytes.length).toBe(0)
  expect(buffer.byteLength).toBe(0)
})
it('zeroes alone what shares its memory with others', () => {
  const whole = new Uint8Array(64).fill(7)
  giveBack(whole.subarray(8, 16))
  expect([...whole]).toEqual([...whole].map((_, at) => (at >= 8 && at < 16 ? 0 : 7)))
  const shared = new Uint8Array(new SharedArrayBuffer(8)).fill(7)
  giveBack(shared)
  expect([...shared]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
})
it('is done twice as well as once', () => {
  const bytes = new Uint8Array(8)
  giveBack(bytes)
  giveBack(bytes)
  expect(bytes.length).toBe(0)
})
