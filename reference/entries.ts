import type { Files, Random } from '../harness/contract/platforms/desktop.ts'
import { Refusal } from './failure.ts'
import { entryAt, entryPath, manifestPath } from './folder.ts'
import { digestOf } from './header.ts'
import { type Keys, mac } from './keys.ts'
import type { Known } from './known.ts'
import { encodeManifest, type Row, type Rows } from './manifest.ts'
import { type Content, type Place, seal, tagOf, unseal, versionOf } from './sealed.ts'

/** How many names are remembered with their hashes: an HMAC costs a third of a read. */
const remembered = 1_000

/** The sealed entries of an open vault, a file each. File names are keyed hashes: they tell nothing and never alias. */
export interface Entries {
  put(name: string, value: Uint8Array): Promise<void>
  /** Null where there is no such entry. */
  get(name: string): Promise<Uint8Array | null>
  delete(name: string): Promise<void>
  /** All names, in order of their code units. */
  list(): Promise<readonly string[]>
}

export function entries(files: Files, random: Random, keys: Keys, known: Known): Entries {
  const vaultId = Uint8Array.from(known.anchor.id)

  // Over the exact code units: neither case, nor normal form, nor a lone surrogate makes two names one.
  const hashes = new Map<string, string>()
  const hashOf = (name: string): string => {
    const remembering = hashes.get(name)
    if (remembering !== undefined) return remembering
    const hash = mac(keys.names.bytes, Buffer.from(name, 'utf16le')).toString('hex')
    if (hashes.size >= remembered) hashes.clear()
    hashes.set(name, hash)
    return hash
  }
  const placeOf = (hash: string): Place => ({
    key: keys.entries.bytes,
    vaultId,
    nameHash: Buffer.from(hash, 'hex'),
  })
  /** Moves to other rows: with the new entry's file where there is one, without the old one's afterwards. */
  const move = async (
    generation: number,
    next: Rows,
    added: readonly [string, Uint8Array][],
    gone: Row | undefined,
    hash: string,
  ) => {
    const manifest = encodeManifest(keys.manifest.bytes, vaultId, { generation, rows: next })
    const { manifestAt } = known.anchor
    const changes = { generation, manifest: { at: generation, digest: digestOf(manifest) } }
    await known.commit([...added, [manifestPath(generation), manifest]], changes, { rows: next })
    const old = [manifestPath(manifestAt), ...(gone === undefined ? [] : [entryPath(hash, gone.version)])]
    await known.discard(old)
  }
  /** An entry whose file is not what it has to be: older, or damaged. */
  const mismatch = async (hash: string, { version }: Row, sealed: Uint8Array | null): Promise<Refusal> => {
    const older = async function* () {
      if (sealed !== null) yield sealed
      for (const path of await files.list()) {
        const at = entryAt(path)
        const other = at?.hash === hash && at.version < version ? await files.read(path) : null
        if (other !== null) yield other
      }
    }
    for await (const bytes of older()) {
      if (versionOf(bytes) >= version || !isAuthentic(placeOf(hash), bytes)) continue
      return new Refusal('rollback', { reason: 'an older copy of an entry was put in its place' })
    }
    return new Refusal('corrupt', { reason: sealed === null ? 'an entry is missing' : 'an entry is damaged' })
  }
  const sealedFile = (hash: string, { version }: Row) => files.read(entryPath(hash, version))
  const isOf = (row: Row, sealed: Uint8Array | null): sealed is Uint8Array =>
    sealed !== null && versionOf(sealed) === row.version && tagOf(sealed).equals(row.tag)
  const open = (hash: string, sealed: Uint8Array): Content => {
    const content = unseal(placeOf(hash), sealed)
    if (hashOf(content.name) === hash) return content
    content.value.fill(0)
    throw new Refusal('corrupt', { reason: 'an entry is under the name of another' })
  }
  /** Alone, so that what is not as it has to be was not changed by another process. */
  const judge = async (hash: string, row: Row): Promise<Content> => {
    const sealed = await sealedFile(hash, row)
    if (isOf(row, sealed)) return open(hash, sealed)
    throw await mismatch(hash, row, sealed)
  }
  /** All names; null where another process may have changed an entry meanwhile. */
  const names = async (content: (hash: string, row: Row) => Promise<Content | null>) => {
    const found: string[] = []
    for (const [hash, row] of known.rows) {
      const opened = await content(hash, row)
      if (opened === null) return null
      opened.value.fill(0)
      found.push(opened.name)
    }
    return found.sort()
  }
  return {
    put: (name, value) =>
      known.alone(async () => {
        const hash = hashOf(name)
        const version = known.nextGeneration()
        const sealed = seal(placeOf(hash), { name, value }, version, random)
        const next = new Map(known.rows).set(hash, { version, tag: tagOf(sealed) })
        await move(version, next, [[entryPath(hash, version), sealed]], known.rows.get(hash), hash)
      }),
    async get(name) {
      const hash = hashOf(name)
      const row = known.rows.get(hash)
      const sealed = row === undefined ? null : await sealedFile(hash, row)
      if (row !== undefined && isOf(row, sealed)) return open(hash, sealed).value
      if (row === undefined && (await known.rowsCount())) return null
      return known.alone(async () => {
        const now = known.rows.get(hash)
        return now === undefined ? null : (await judge(hash, now)).value
      })
    },
    async delete(name) {
      const hash = hashOf(name)
      if (!known.rows.has(hash) && (await known.rowsCount())) return
      await known.alone(async () => {
        const row = known.rows.get(hash)
        if (row === undefined) return
        const next = new Map(known.rows)
        next.delete(hash)
        await move(known.nextGeneration(), next, [], row, hash)
      })
    },
    async list() {
      const glanced = async (hash: string, row: Row) => {
        const sealed = await sealedFile(hash, row)
        return isOf(row, sealed) ? open(hash, sealed) : null
      }
      const glance = (await known.rowsCount()) ? await names(glanced) : null
      return glance ?? known.alone(async () => (await names(judge)) ?? [])
    },
  }
}

function isAuthentic(place: Place, sealed: Uint8Array): boolean {
  try {
    unseal(place, sealed).value.fill(0)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
