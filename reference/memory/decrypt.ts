import type { DecipherGCM } from 'node:crypto'
import { giveBack } from './give-back.ts'

/** How often memory is taken to find a copy: what is freed may have been joined with what was free around it. */
const most = 32
/**
 * Bytes up to which memory comes from the shelves of the script engine's own records, and small buffers from its heap: a
 * copy could not be found again. So as little is decrypted at once that it is gone when it is freed: the allocator's
 * links take its place.
 */
const recordSized = 256
const piece = 16

/**
 * Decrypts without leaving a copy. node:crypto decrypts into memory that is a byte larger, copies, and frees that
 * uncleared: memory of the same size is taken again at once, which as a rule is the same memory, until the copy is found,
 * and zeroed.
 */
export function decrypt(decipher: DecipherGCM, sealed: Uint8Array): Buffer {
  if (sealed.length < recordSized) return inPieces(decipher, sealed)
  const plain = decipher.update(sealed)
  // The very end of what is free is the allocator's.
  const end = plain.subarray(-48, -16)
  const taken: Buffer[] = []
  for (let found = false; !found && taken.length < most; ) {
    const memory = Buffer.allocUnsafeSlow(sealed.length + 1)
    taken.push(memory)
    found = memory.includes(end, memory.length - 49) || memory.includes(end)
    memory.fill(0)
  }
  for (const memory of taken) giveBack(memory)
  return plain
}

function inPieces(decipher: DecipherGCM, sealed: Uint8Array): Buffer {
  // Memory of its own: small buffers live in the script engine's heap, which copies them as it likes.
  const plain = Buffer.from(new ArrayBuffer(sealed.length))
  for (let at = 0; at < sealed.length; at += piece) {
    const part = decipher.update(sealed.subarray(at, at + piece))
    plain.set(part, at)
    part.fill(0)
  }
  return plain
}
