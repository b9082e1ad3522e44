import type { VaultCall } from '../../harness/contract/operations.ts'
import type { Answer, Vault } from '../../harness/contract/vault.ts'
import type { Caller } from './caller.ts'
import type { TauriPlatform } from './capability.ts'
import type { Grants } from './grants.ts'
import { commands } from './permissions.ts'

const known: ReadonlySet<string> = new Set(commands)

/** Stands between the pages of an app and its vault: what is not granted is refused with `access-denied`, and asked of nobody. */
export const guarded =
  (vault: Vault, grants: () => Grants, platform: TauriPlatform) =>
  async (call: VaultCall, caller: Caller): Promise<Answer> => {
    const command = commands.find((one) => one === call.op)
    const name = 'name' in call ? call.name : undefined
    const decision =
      command === undefined || !known.has(call.op)
        ? ({ is: 'denied', why: 'not-granted' } as const)
        : grants()({ caller, platform, command, name })
    if (decision.is === 'granted') return vault.invoke(call)
    return { is: 'fail', failure: { code: 'access-denied', reason: decision.why } }
  }
