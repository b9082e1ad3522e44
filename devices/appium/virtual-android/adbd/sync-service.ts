import type { AdbStream } from './adb-stream.ts'

/** Files that were pushed to the phone, by path. */
export type PushedFiles = Map<string, Buffer>

/** The service `sync:`, which takes files (`adb push`), gives them back (`adb pull`) and says what is there. */
export const serveSync = (stream: AdbStream, files: PushedFiles): void => {
  let left = Buffer.alloc(0)
  let path = ''
  let pieces: Buffer[] = []
  const head = (id: string, size: number) => {
    const bytes = Buffer.alloc(8)
    bytes.write(id, 0, 'latin1')
    bytes.writeUInt32LE(size, 4)
    return bytes
  }
  /** Mode and size of a file, or of the folders that every phone has. */
  const stat = (id: 'STAT' | 'LST2' | 'STA2', of: string) => {
    const file = files.get(of)
    const mode = file === undefined ? 0 : 0o100644
    if (id === 'STAT') {
      const bytes = Buffer.alloc(16)
      bytes.write(id, 0, 'latin1')
      bytes.writeUInt32LE(mode, 4)
      bytes.writeUInt32LE(file?.length ?? 0, 8)
      return bytes
    }
    const bytes = Buffer.alloc(72)
    bytes.write(id, 0, 'latin1')
    // No such file: ENOENT.
    bytes.writeUInt32LE(file === undefined ? 2 : 0, 4)
    bytes.writeUInt32LE(mode, 24)
    bytes.writeUInt32LE(file?.length ?? 0, 40)
    return bytes
  }
  const take = (id: string, argument: Buffer) => {
    const text = argument.toString()
    switch (id) {
      case 'SEND':
        path = text.replace(/,\d+$/, '')
        pieces = []
        return
      case 'DATA':
        pieces.push(argument)
        return
      case 'STAT':
      case 'LST2':
      case 'STA2':
        return stream.write(stat(id, text))
      case 'RECV': {
        const file = files.get(text)
        if (file === undefined) {
          const why = Buffer.from('No such file or directory')
          return stream.write(Buffer.concat([head('FAIL', why.length), why]))
        }
        for (let at = 0; at < file.length; at += 65_536) {
          const piece = file.subarray(at, at + 65_536)
          stream.write(Buffer.concat([head('DATA', piece.length), piece]))
        }
        return stream.write(head('DONE', 0))
      }
      default:
        return stream.end()
    }
  }
  stream.onData((bytes) => {
    left = Buffer.concat([left, bytes])
    while (left.length >= 8) {
      const id = left.toString('latin1', 0, 4)
      const size = left.readUInt32LE(4)
      if (id === 'DONE') {
        // Its number is a time, not a size.
        left = left.subarray(8)
        files.set(path, Buffer.concat(pieces))
        stream.write(head('OKAY', 0))
        continue
      }
      if (id === 'QUIT') return stream.end()
      if (left.length < 8 + size) return
      const argument = Buffer.from(left.subarray(8, 8 + size))
      left = left.subarray(8 + size)
      take(id, argument)
    }
  })
}
