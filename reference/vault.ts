import type { Returned, VaultCall } from '../harness/contract/operations.ts'
import type { Vault, VaultContext } from '../harness/contract/vault.ts'
import { description, limits } from './description.ts'
import { failureOf, Refusal } from './failure.ts'
import { type Lifecycle, lifecycle } from './lifecycle.ts'
import { queue } from './queue.ts'

/**
 * The reference vault: a random key in the operating system's keyring, entries sealed with it in files of their own.
 * One operation at a time; an operation that succeeded is on disk, one that failed changed nothing, one that a crash
 * cut short left each entry old or new.
 */
export function openVault(context: VaultContext): Vault {
  const life = lifecycle(context)
  const inTurn = queue()
  return {
    description,
    async invoke(call) {
      let held: VaultCall | null = null
      try {
        held = checked(call)
        const mine = held
        return { is: 'ok', value: await inTurn(() => perform(life, mine)) }
      } catch (error) {
        return { is: 'fail', failure: failureOf(error) }
      } finally {
        if (held?.op === 'put' && typeof held.value !== 'string') held.value.fill(0)
      }
    },
  }
}

/** Refuses what can be refused before waiting, and takes a copy of a value that the caller may change meanwhile. */
function checked(call: VaultCall): VaultCall {
  if ('name' in call && call.name !== undefined && call.name.length > limits.name)
    throw new Refusal('too-large', { limit: limits.name, reason: 'the name' })
  if (call.op !== 'put') return call
  if (typeof call.value === 'string') throw new Refusal('invalid-argument', { reason: 'values are bytes' })
  if (call.value.length > limits.value) throw new Refusal('too-large', { limit: limits.value, reason: 'the value' })
  return { ...call, value: Uint8Array.from(call.value) }
}

async function perform(life: Lifecycle, call: VaultCall): Promise<Returned> {
  switch (call.op) {
    case 'put':
      await (await life.entries()).put(nameOf(call), bytesOf(call.value))
      return null
    case 'get':
      return found(await (await life.entries()).get(nameOf(call)))
    case 'delete':
      await (await life.entries()).delete(nameOf(call))
      return null
    case 'has':
      return wiped(await (await life.entries()).get(nameOf(call)))
    case 'list':
      return await (await life.entries()).list()
    case 'availability':
      return await life.availability()
    case 'changePin':
    case 'addSlot':
    case 'removeSlot':
    case 'slots':
      throw new Refusal('unsupported')
    case 'setUp':
      await life.setUp()
      return null
    case 'unlock':
      await life.unlock()
      return null
    case 'lock':
      life.lock()
      return null
    case 'state':
      return await life.state()
    case 'reset':
      await life.reset()
      return null
  }
}

function nameOf(call: { readonly name?: string }): string {
  if (call.name === undefined) throw new Refusal('invalid-argument', { reason: 'a name is needed' })
  return call.name
}
function bytesOf(value: Uint8Array | string): Uint8Array {
  if (typeof value === 'string') throw new Refusal('invalid-argument', { reason: 'values are bytes' })
  return value
}
function found(value: Uint8Array | null): Uint8Array {
  if (value === null) throw new Refusal('not-found')
  return value
}
/** Whether it was there; the value itself is not wanted. */
function wiped(value: Uint8Array | null): boolean {
  value?.fill(0)
  return value !== null
}
