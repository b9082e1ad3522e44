import type { Description } from '../../harness/contract/description.ts'
import type { AccessPolicy, Availability, Returned, VaultCall } from '../../harness/contract/operations.ts'
import type { Vault } from '../../harness/contract/vault.ts'
import { failureOf, Refusal } from '../failure.ts'
import { limits } from './description.ts'
import { turns } from './turns.ts'

/** The entries of one process of an app, as a platform keeps them. Each method refuses with a `Refusal`. */
export interface PhoneEntries {
  /** On disk when this resolves. Asks nobody. */
  put(name: string, value: Uint8Array, access: AccessPolicy): Promise<void>
  /** Asks the person where the entry's policy says so. The caller zeroes what it gets. */
  get(name: string): Promise<Uint8Array>
  delete(name: string): Promise<void>
  has(name: string): Promise<boolean>
  list(): Promise<readonly string[]>
  /** Found out anew each time, without asking anybody. */
  availability(): Promise<Availability>
}

/** The vault around them: calls on one entry happen one after another, and every end has a code. */
export function phoneVault(description: Description, entries: PhoneEntries): Vault {
  const [usual = 'current-set'] = description.biometric?.policies ?? []
  const inTurn = turns()

  const perform = async (call: VaultCall): Promise<Returned> => {
    switch (call.op) {
      case 'put': {
        const name = nameOf(call)
        const { access = usual } = call
        // A copy, since the caller may change or zero its own while this waits for its turn.
        const value = Uint8Array.from(bytesOf(call.value))
        try {
          await inTurn(name, () => entries.put(name, value, access))
        } finally {
          value.fill(0)
        }
        return null
      }
      case 'get': {
        const name = nameOf(call)
        return await inTurn(name, () => entries.get(name))
      }
      case 'delete': {
        const name = nameOf(call)
        await inTurn(name, () => entries.delete(name))
        return null
      }
      // What only looks at what exists never waits for a person who is asked.
      case 'has':
        return await entries.has(nameOf(call))
      case 'list':
        return await entries.list()
      case 'availability':
        return await entries.availability()
      default:
        throw new Refusal('unsupported')
    }
  }
  return {
    description,
    async invoke(call) {
      try {
        return { is: 'ok', value: await perform(call) }
      } catch (error) {
        return { is: 'fail', failure: failureOf(error) }
      }
    },
  }
}

function nameOf({ name }: { readonly name?: string }): string {
  if (name === undefined) throw new Refusal('invalid-argument', { reason: 'a name is needed' })
  if (name.length > limits.name) throw new Refusal('too-large', { limit: limits.name, reason: 'the name' })
  return name
}
function bytesOf(value: Uint8Array | string): Uint8Array {
  if (typeof value === 'string') throw new Refusal('invalid-argument', { reason: 'values are bytes' })
  if (value.length > limits.value) throw new Refusal('too-large', { limit: limits.value, reason: 'the value' })
  return value
}
