import type { Caller, Capability } from '../../harness/contract/capabilities.ts'
import type { Description } from '../../harness/contract/description.ts'
import type { VaultCall } from '../../harness/contract/operations.ts'
import type { Answer, Vault } from '../../harness/contract/vault.ts'
import { failureOf, Refusal } from '../failure.ts'
import type { TauriPlatform } from './capability.ts'
import { CapabilityFileError, readCapabilityFile } from './capability-file.ts'
import { type Grants, grantsOf, UnknownGrant } from './grants.ts'
import { guarded } from './guarded.ts'

/** Platforms whose webviews do not tell a frame from the page around it (tauri.app, "Capabilities"). */
const framesUntold: readonly TauriPlatform[] = ['linux', 'android']

/** What a vault says of itself that pages reach under capability files. */
export const capabilitiesDescription = (of: Description): Description => ({
  ...of,
  name: `${of.name}-capabilities`,
  profiles: [...of.profiles, 'capabilities'],
  operations: [...of.operations, 'grant'],
  capabilities: { framesUntold: [...framesUntold] },
})

/** The files as an app has them, one capability each. */
const read = (capabilities: readonly Capability[]): Grants =>
  grantsOf(capabilities.flatMap((one, at) => readCapabilityFile(`capability-${at}.json`, JSON.stringify(one))))

/** A page's call without its caller, who is told of apart. */
function callerOf(call: VaultCall): readonly [VaultCall, Caller | undefined] {
  if (!('caller' in call)) return [call, undefined]
  const { caller, ...plain } = call
  return [plain as VaultCall, caller]
}

/** A vault as pages reach it: what capability files grant is asked of it, and the rest refused. The app itself is not asked for a grant. */
export function capabilitiesVault(vault: Vault, description: Description): Vault {
  let grants = grantsOf([])
  const invoke = async (call: VaultCall): Promise<Answer> => {
    if (call.op === 'grant') {
      grants = read(call.capabilities)
      return { is: 'ok', value: null }
    }
    const [plain, caller] = callerOf(call)
    if (caller === undefined) return vault.invoke(plain)
    const { platform, frame, ...page } = caller
    // A platform that cannot tell a frame does not tell of one.
    const told = frame === true && !framesUntold.includes(platform) ? { ...page, frame } : page
    return guarded(vault, () => grants, platform)(plain, told)
  }
  return {
    description,
    async invoke(call) {
      try {
        return await invoke(call)
      } catch (error) {
        const unreadable = error instanceof CapabilityFileError || error instanceof UnknownGrant
        return { is: 'fail', failure: failureOf(unreadable ? new Refusal('invalid-argument') : error) }
      }
    },
  }
}
