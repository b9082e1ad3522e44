import type { Vault } from '../harness/contract/vault.ts'

/** Refuses the operations that a vault does not offer, though the code behind it has them. */
export function asDescribed(vault: Vault): Vault {
  const offered: ReadonlySet<string> = new Set(vault.description.operations)
  return {
    description: vault.description,
    invoke: async (call) =>
      offered.has(call.op) ? vault.invoke(call) : { is: 'fail', failure: { code: 'unsupported' } },
  }
}
