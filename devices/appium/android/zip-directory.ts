/** One file in a zip archive, by its central directory. */
export interface ZipEntry {
  readonly name: string
  /** 0 stored, 8 deflated. */
  readonly method: number
  readonly packedBytes: number
  /** Of its local header. */
  readonly at: number
}

export interface ZipDirectory {
  /** Where the central directory begins: what signs an APK as a whole lies before it. */
  readonly at: number
  readonly entries: readonly ZipEntry[]
}

const endMark = 0x06054b50
const entryMark = 0x02014b50
const endBytes = 22

/** Reads the central directory of a zip archive; null where there is none. APKs are never zip64. */
export const zipDirectory = (bytes: Buffer): ZipDirectory | null => {
  for (let end = bytes.length - endBytes; end >= Math.max(0, bytes.length - endBytes - 0xffff); end--) {
    if (bytes.readUInt32LE(end) !== endMark) continue
    const [count, at] = [bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 16)]
    const entries = entriesOf(bytes, at, count)
    if (entries !== null) return { at, entries }
  }
  return null
}

const entriesOf = (bytes: Buffer, from: number, count: number): readonly ZipEntry[] | null => {
  const entries: ZipEntry[] = []
  for (let entry = 0, at = from; entry < count; entry++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entryMark) return null
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset))
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + (nameBytes ?? 0)),
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    })
    at += 46 + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0)
  }
  return entries
}
