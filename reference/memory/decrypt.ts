import type { DecipherGCM } from 'node:crypto'

/** Bytes up to which allocators give what was freed last to whoever asks next for as much. */
const small = 1_024
/** How often memory is taken to find a larger copy: what is freed may have been joined with what was free around it. */
const most = 32

/**
 * Decrypts without leaving a copy. node:crypto decrypts into memory that is a byte larger, copies, and frees that
 * uncleared: memory of the same size is taken again at once, which is the same memory, and zeroed.
 */
export function decrypt(decipher: DecipherGCM, sealed: Uint8Array): Buffer {
  const plain = decipher.update(sealed)
  const size = sealed.length + 1
  // The very end of what is free is the allocator's.
  const end = plain.subarray(-48, -16)
  const taken: Buffer[] = []
  for (let found = false; !found && taken.length < most; ) {
    const memory = Buffer.allocUnsafeSlow(size)
    taken.push(memory)
    found = size <= small || memory.includes(end, size - 49) || memory.includes(end)
    memory.fill(0)
  }
  return plain
}
