/**
 * Zeroes bytes that nobody looks at any more, and gives their memory back at once: by itself the script engine does so only
 * when tens of megabytes of buffers have gathered. They have no length afterwards. Bytes that share their memory with others,
 * as small buffers of Node do, are zeroed alone.
 */
export function giveBack(bytes: Uint8Array): void {
  const { buffer } = bytes
  if (!(buffer instanceof ArrayBuffer)) bytes.fill(0)
  else if (!buffer.detached) {
    bytes.fill(0)
    if (buffer.byteLength === bytes.length) buffer.transfer(0)
  }
}
