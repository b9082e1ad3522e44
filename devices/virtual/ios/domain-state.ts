const size = 32

/**
 * What an app is told of the enrolled set, 32 bytes: the same while the set and the system are. It names no finger, and
 * changes with the system too, as seen between releases (Apple forum 64372, 802782).
 */
export const domainState = (set: number, system: number): Uint8Array => {
  const bytes = new Uint8Array(size)
  let state = (Math.imul(set + 1, 0x9e3779b1) ^ Math.imul(system + 1, 0x85ebca77)) | 1
  for (let i = 0; i < size; i += 1) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes[i] = state >>> 24
  }
  return bytes
}
