import type { Files } from '../harness/contract/platforms/desktop.ts'
import type { Anchor } from './anchor.ts'
import { Refusal } from './failure.ts'
import { entryAt, type Folder, isEntry, isManifest, isStagedHeader, manifestPath } from './folder.ts'
import { decodeHeader, digestOf, type SealedHeader } from './header.ts'
import { decodeManifest, type Rows } from './manifest.ts'

/**
 * The header that the anchor speaks of. Where a change of slots was cut short after it counted, that is one whose name
 * is not the header's yet: it gets it.
 * @throws Refusal `rollback` for an older one, `corrupt` for anything else. No PIN is tried before this has passed.
 */
export async function settleHeader(
  files: Files,
  place: Folder,
  read: SealedHeader,
  anchor: Anchor,
): Promise<SealedHeader> {
  if (read.digest.equals(anchor.header)) return read
  for (const path of await files.list()) {
    if (!isStagedHeader(path)) continue
    const bytes = await files.read(path)
    if (bytes === null || !digestOf(bytes).equals(anchor.header)) continue
    await place.promote(path)
    return decodeHeader(bytes)
  }
  if (read.guarded(anchor.guard) && read.header.generation < anchor.generation)
    throw new Refusal('rollback', { reason: 'an older copy of the header was put in its place' })
  throw new Refusal('corrupt', { reason: 'the header is not the one that was last written' })
}

/**
 * The rows of the manifest that the anchor speaks of.
 * @throws Refusal `rollback` where there is an older one instead, `corrupt` otherwise.
 */
export async function readManifest(files: Files, key: Uint8Array, anchor: Anchor): Promise<Rows> {
  const expected = manifestPath(anchor.manifestAt)
  const bytes = await files.read(expected)
  if (bytes !== null && digestOf(bytes).equals(anchor.manifest)) {
    const manifest = decodeManifest(key, anchor.id, bytes)
    if (manifest !== null) return manifest.rows
  }
  for (const path of await files.list()) {
    if (!isManifest(path)) continue
    const other = await files.read(path)
    const manifest = other === null ? null : decodeManifest(key, anchor.id, other)
    if (manifest !== null && manifest.generation < anchor.manifestAt)
      throw new Refusal('rollback', { reason: 'older copies of the files were put in their place' })
  }
  throw new Refusal('corrupt', { reason: bytes === null ? 'the manifest is missing' : 'the manifest is damaged' })
}

/** Removes what counts no more: what changes that were cut short began, or did not come to remove. */
export async function tidy(place: Folder, anchor: Anchor, rows: Rows): Promise<void> {
  const counts = (path: string): boolean => {
    const entry = entryAt(path)
    if (entry !== null) return rows.get(entry.hash)?.version === entry.version
    return !isManifest(path) || path === manifestPath(anchor.manifestAt)
  }
  const paths = await place.list()
  await place.remove(
    paths.filter((path) => isStagedHeader(path) || ((isEntry(path) || isManifest(path)) && !counts(path))),
  )
}
