/**
 * Zeroes bytes that nobody looks at any more, and gives their memory back at once: by itself the script engine does so only
 * when tens of megabytes of buffers have gathered. They must be the whole of their memory, or they are zeroed alone.
 */
export function giveBack(bytes: Uint8Array): void {
  bytes.fill(0)
  const { buffer } = bytes
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length) buffer.transfer(0)
}
