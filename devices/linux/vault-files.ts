import { z } from 'zod'
import { type Damage, damage } from '../../harness/contract/file-damage.ts'
import type { AgentLink } from './agent-link.ts'

const fileSchema = z.strictObject({ path: z.string(), mode: z.number().int(), bytes: z.base64() })
type StoredFile = Readonly<z.infer<typeof fileSchema>>
type Applied = Promise<'done' | 'skipped'>

/** The files in the vault's data folder, reached without the vault. Where it keeps none there, nothing can be done. */
export interface VaultFiles {
  /** Kept here and not in the machine: a restart leaves it, and no search for secrets finds it. */
  copy(): Applied
  putBack(): Applied
  damage(how: Omit<Damage, 'control'>): Applied
  forget(): void
  /** What they hold now, by path. */
  contents(): Promise<ReadonlyMap<string, Uint8Array>>
}

/** @param machine whose agent reads and writes the folder */
export const vaultFiles = (machine: { agent(): Pick<AgentLink, 'ask'> }): VaultFiles => {
  let copied: readonly StoredFile[] | null = null
  const read = () => machine.agent().ask({ do: 'files' }, z.array(fileSchema))
  const write = async (files: readonly StoredFile[]): Applied => {
    await machine.agent().ask({ do: 'replace', files }, z.null())
    return 'done'
  }
  return {
    async copy() {
      const found = await read()
      // A copy of nothing, put back, would look like an older state of files that are elsewhere.
      if (found.length === 0) return 'skipped'
      copied = found
      return 'done'
    },
    putBack: async () => (copied === null ? 'skipped' : write(copied)),
    async damage(how) {
      const found = await read()
      const contents = new Map<string, Uint8Array>(found.map(({ path, bytes }) => [path, Buffer.from(bytes, 'base64')]))
      if (!damage(contents, how)) return 'skipped'
      const modes = new Map(found.map(({ path, mode }) => [path, mode]))
      return write(
        [...contents].map(([path, bytes]) => ({
          path,
          mode: modes.get(path) ?? 0o600,
          bytes: Buffer.from(bytes).toString('base64'),
        })),
      )
    },
    forget() {
      copied = null
    },
    contents: async () => new Map((await read()).map(({ path, bytes }) => [path, Buffer.from(bytes, 'base64')])),
  }
}
