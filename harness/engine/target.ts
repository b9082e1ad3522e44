import type { Description } from '../contract/description.ts'
import type { Device } from '../contract/device.ts'
import type { Operation, VaultCall } from '../contract/operations.ts'
import type { ValueRef } from '../contract/values.ts'
import type { AndroidModule, Answer, AnyVaultModule, IosModule, Vault, VaultModule } from '../contract/vault.ts'

/** One vault on one device, as the session drives it, whatever carries the calls. Disposing of it ends both. */
export interface Target extends AsyncDisposable {
  readonly device: Device
  readonly description: Description
  /** Gives the vault a fresh place of its own and starts its process where it is not running. */
  begin(namespace: string): Promise<void>
  /**
   * Settles when the vault answers. Rejects with `VaultGone` when its process died, with `AdapterFault` on nonsense.
   * @param op the same with recipes in place of secrets, for adapters that make those themselves
   */
  invoke(call: VaultCall, op?: Operation): Promise<Answer>
  /** The same by another process of the app, started by its first call, where the device can have two. `kill` ends both. */
  invokeOther?(call: VaultCall): Promise<Answer>
  /** Lets the vault's process make a secret and hold it, until the next call or null. Only where it takes recipes. */
  hold?(ref: ValueRef | null): Promise<void>
  /** Kills the vault's process. The next call starts it again at the same place. */
  kill(): Promise<void>
  /** The machine is about to take the vault's process with it: its end says nothing of the vault. The next call starts it again. */
  letGo?(): void
  /** What it wrote beside its answers since the last call. */
  takeErrors(): string
  /** Calls answered more than once since the last look, by an answer that came late. */
  onAgain(listen: (call: VaultCall, answer: Answer) => void): void
}

/** The process died while a call was pending. */
export class VaultGone extends Error {
  override readonly name = 'VaultGone'
}

/** The adapter broke the protocol. The message is one sentence: what, where, what to do. */
export class AdapterFault extends Error {
  override readonly name: string = 'AdapterFault'
}

/** Starts one process of the vault's app, on what its description says that it runs on. */
function opener(module: AnyVaultModule, device: Device): (namespace: string) => Vault {
  const { platform = 'desktop' } = module.description
  const { android, ios, inProcess } = device
  // The description decides which module it is: it is checked where modules are loaded.
  if (platform === 'android' && android !== undefined)
    return (namespace) => (module as AndroidModule).open({ namespace, android: android(namespace) })
  if (platform === 'ios' && ios !== undefined)
    return (namespace) => (module as IosModule).open({ namespace, ios: ios(namespace) })
  if (platform === 'desktop' && inProcess !== undefined)
    return (namespace) => (module as VaultModule).open({ namespace, ...inProcess(namespace) })
  const runs = [
    ...(inProcess === undefined ? [] : ['desktop']),
    ...(android === undefined ? [] : ['android']),
    ...(ios === undefined ? [] : ['ios']),
  ]
  throw new AdapterFault(
    `The vault '${module.description.name}' is written for the platform '${platform}', and the device '${device.name}' runs ` +
      `${runs.length === 0 ? 'no vault in process' : `vaults of ${runs.join(' and ')} in process`}: choose a device that fits.`,
  )
}

/**
 * A vault of this process on a device that gives it ports, or a phone.
 * @throws AdapterFault where the device runs no vault of its platform
 */
export function inProcessTarget(module: AnyVaultModule, device: Device): Target {
  const start = opener(module, device)
  let namespace = ''
  let vault: Vault | null = null
  let other: Vault | null = null
  const open = (): Vault => {
    vault = start(namespace)
    return vault
  }
  const openOther = (): Vault => {
    other = start(namespace)
    return other
  }
  const end = () => {
    vault = null
    other = null
  }
  return {
    device,
    description: module.description,
    async begin(fresh) {
      namespace = fresh
      end()
    },
    // A vault that gives its answer without a promise is one that answered at once.
    invoke: (call) => Promise.resolve((vault ?? open()).invoke(call)),
    ...(device.severalProcesses === true
      ? { invokeOther: (call: VaultCall) => Promise.resolve((other ?? openOther()).invoke(call)) }
      : {}),
    async kill() {
      end()
    },
    takeErrors: () => '',
    onAgain() {},
    async [Symbol.asyncDispose]() {
      end()
      await device[Symbol.asyncDispose]()
    },
  }
}
