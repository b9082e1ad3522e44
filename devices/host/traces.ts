import { open, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Trace } from '../../harness/contract/device.ts'

/** The most that is read of one file, in bytes. */
const most = 16_777_216

/** All plain files under a folder, with what they hold. A file that goes away meanwhile is none. */
export async function* filesUnder(folder: string): AsyncGenerator<Trace> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of found) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await head(path)
    if (bytes !== null) yield { in: 'file', where: relative(folder, path), bytes }
  }
}

async function head(path: string): Promise<Uint8Array | null> {
  try {
    await using file = await open(path, 'r')
    const { size } = await file.stat()
    const bytes = Buffer.alloc(Math.min(size, most))
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
    return bytes.subarray(0, bytesRead)
  } catch {
    return null
  }
}
