import type { Files, Random } from '../harness/contract/platforms/desktop.ts'
import { Refusal } from './failure.ts'
import { type Keys, mac } from './keys.ts'
import { type Content, type Place, seal, unseal, versionOf } from './sealed.ts'
import { isLeftover, writeDurably } from './write-durably.ts'

const prefix = 'entry-'
/** Whether this file holds an entry. */
export const isEntry = (path: string): boolean => path.startsWith(prefix) && !isLeftover(path)

/** The sealed entries of an open vault, a file each. File names are keyed hashes: they tell nothing and never alias. */
export interface Entries {
  put(name: string, value: Uint8Array): Promise<void>
  /** Null where there is no such entry. */
  get(name: string): Promise<Uint8Array | null>
  delete(name: string): Promise<void>
  /** All names, in order of their code units. */
  list(): Promise<readonly string[]>
}

export function entries(files: Files, random: Random, vaultId: Uint8Array, keys: Keys): Entries {
  const placeOf = (nameHash: Uint8Array): Place => ({ key: keys.entries, vaultId, nameHash })
  // Over the exact code units: neither case, nor normal form, nor a lone surrogate makes two names one.
  const hashOf = (name: string) => mac(keys.names, Buffer.from(name, 'utf16le'))
  const pathOf = (nameHash: Buffer) => prefix + nameHash.toString('hex')
  const open = (path: string, sealed: Uint8Array): Content => {
    const content = unseal(placeOf(Buffer.from(path.slice(prefix.length), 'hex')), sealed)
    if (pathOf(hashOf(content.name)) === path) return content
    throw new Refusal('corrupt', { reason: 'an entry is under the name of another' })
  }
  return {
    async put(name, value) {
      const nameHash = hashOf(name)
      const path = pathOf(nameHash)
      const version = versionOf(await files.read(path)) + 1n
      await writeDurably(files, path, seal(placeOf(nameHash), { name, value }, version, random))
    },
    async get(name) {
      const path = pathOf(hashOf(name))
      const sealed = await files.read(path)
      return sealed === null ? null : open(path, sealed).value
    },
    async delete(name) {
      const path = pathOf(hashOf(name))
      if ((await files.read(path)) !== null) await files.remove(path)
      // Also where nothing was there: an earlier removal may not have reached the disk.
      await files.syncDirectory()
    },
    async list() {
      const names: string[] = []
      for (const path of await files.list()) {
        if (!isEntry(path)) continue
        const sealed = await files.read(path)
        if (sealed !== null) names.push(open(path, sealed).name)
      }
      return names.sort()
    },
  }
}
