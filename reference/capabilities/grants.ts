import { type Caller, concerns } from './caller.ts'
import { type Capability, entryScope, type TauriPlatform } from './capability.ts'
import { matchesAny } from './label.ts'
import { aboutEntries, isOurs, permissions, type VaultCommand } from './permissions.ts'

export interface Request {
  readonly caller: Caller
  readonly platform: TauriPlatform
  readonly command: VaultCommand
  /** The name of the entry, where the command is about one. */
  readonly name?: string | undefined
}
export type Decision =
  | { readonly is: 'granted' }
  | { readonly is: 'denied'; readonly why: 'not-granted' | 'denied' | 'out-of-scope' }

/** Decides what a page may ask of the vault. */
export type Grants = (request: Request) => Decision

/** A capability names a permission of the vault that there is not, or a scope that is none. */
export class UnknownGrant extends Error {
  override readonly name = 'UnknownGrant'
}

/**
 * What capabilities grant, together: the union of those that concern the caller. Without a grant everything is denied; a denial
 * outweighs every grant, of commands and of entries, in whatever order they are written. A command about an entry is granted
 * for the entries that a grant of it names, and for none where it names none. Throws an UnknownGrant.
 */
export function grantsOf(capabilities: readonly Capability[]): Grants {
  const all = capabilities.map((capability) => ({ capability, mine: minePermissions(capability) }))
  return ({ caller, platform, command, name }) => {
    const mine = all.filter(({ capability }) => concerns(capability, caller, platform)).flatMap((one) => one.mine)
    if (mine.some(({ denies }) => denies.includes(command))) return { is: 'denied', why: 'denied' }
    const granted = mine.filter(({ allows }) => allows.includes(command))
    if (granted.length === 0) return { is: 'denied', why: 'not-granted' }
    if (!aboutEntries.has(command)) return { is: 'granted' }
    const named = name ?? ''
    if (granted.some(({ deny }) => matchesAny(deny, named))) return { is: 'denied', why: 'denied' }
    const inScope = granted.some(({ allow }) => matchesAny(allow, named))
    return inScope ? { is: 'granted' } : { is: 'denied', why: 'out-of-scope' }
  }
}

function minePermissions({ identifier: of, permissions: granted }: Capability) {
  return granted
    .filter(({ identifier }) => isOurs(identifier))
    .map(({ identifier, allow, deny }) => {
      const permission = permissions.get(identifier)
      if (permission === undefined)
        throw new UnknownGrant(`Capability "${of}" names "${identifier}", a permission that the vault does not have.`)
      const scope = { allow: entryScope(allow), deny: entryScope(deny) }
      if (scope.allow === null || scope.deny === null)
        throw new UnknownGrant(
          `Capability "${of}" gives "${identifier}" a scope that names no entries: { "name": GLOB } does.`,
        )
      return { ...permission, allow: scope.allow, deny: scope.deny }
    })
}
