import type { OperationName } from '../../harness/contract/operations.ts'

/** Commands of the vault's plugin: the operations of its contract. */
export const commands = [
  'put',
  'get',
  'delete',
  'has',
  'list',
  'availability',
  'setUp',
  'unlock',
  'lock',
  'state',
  'reset',
  'changePin',
] as const satisfies readonly OperationName[]
export type VaultCommand = (typeof commands)[number]
/** Commands about one entry: a grant of them says which. */
export const aboutEntries: ReadonlySet<VaultCommand> = new Set(['put', 'get', 'delete', 'has'])

/** What a permission does. */
export interface Permission {
  readonly allows: readonly VaultCommand[]
  readonly denies: readonly VaultCommand[]
}

const plugin = 'vault'
const kebab = (command: string) => command.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
/** All permissions of the plugin by their identifiers: one to allow and one to deny each command, and what is harmless. */
export const permissions: ReadonlyMap<string, Permission> = new Map([
  [`${plugin}:default`, { allows: ['availability', 'state'], denies: [] }],
  ...commands.flatMap((command): [string, Permission][] => [
    [`${plugin}:allow-${kebab(command)}`, { allows: [command], denies: [] }],
    [`${plugin}:deny-${kebab(command)}`, { allows: [], denies: [command] }],
  ]),
])

/** Whether an identifier is one of this plugin's, known or not. */
export const isOurs = (identifier: string): boolean => identifier.startsWith(`${plugin}:`)
