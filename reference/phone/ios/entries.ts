import type { IosApp, KeychainQuery, OSStatus } from '../../../harness/contract/platforms/ios.ts'
import type { IosKeychainContext } from '../../errors/ios-osstatus.ts'
import { Refusal } from '../../failure.ts'
import { asking } from '../asking.ts'
import type { PhoneEntries } from '../phone-vault.ts'
import { type Guard, guardOf } from './access.ts'
import { availabilityOf, whyNotAsked } from './availability.ts'
import { type Marker, markers } from './markers.ts'
import { itemNotFound, keychainRefusal, success } from './native.ts'
import { type Guarded, showPrompt } from './show-prompt.ts'

/**
 * Entries on iOS: the secret is an item that the keychain guards, and a marker beside it says that it exists. An entry
 * has two places for its secret, and its marker says which one counts: a new value is added in the other place, and the
 * marker, replaced at once, is the moment of change. So the old value stays whole until the new one is kept, and
 * nothing is ever updated in a way that would ask the person.
 */
export function iosEntries(namespace: string, app: IosApp): PhoneEntries {
  const { keychain } = app
  const incarnation = Buffer.from(app.randomBytes(8)).toString('hex')
  const ask = asking<Guarded, Guarded['context']>(
    showPrompt,
    { after: (ms, ring) => app.asyncAfter(ms, ring) },
    incarnation,
  )
  const known = markers(`${namespace}/markers`, app)

  /** The account holds the name, so that a secret is found under no other. */
  const itemOf = (name: string, slot: Marker['slot']): KeychainQuery => ({
    service: `${namespace}/secrets`,
    account: `${slot}${name}`,
  })
  /** While the phone is locked nothing can be read: what seems absent may be there. */
  const requireUnlocked = async () => {
    if (!(await app.isProtectedDataAvailable())) throw new Refusal('device-locked')
  }
  const requireOf = (status: OSStatus, context: IosKeychainContext) => {
    if (status !== success) throw keychainRefusal(status, context)
  }
  const plain = { marker: false, protectedData: true, enrolled: null, silent: false } as const

  const removeItem = async (name: string, slot: Marker['slot']) => {
    const status = await keychain.delete(itemOf(name, slot))
    if (status !== itemNotFound) requireOf(status, plain)
  }
  /** The old secret counts no more. Where it cannot be removed now, the next value of this entry takes its place. */
  const forgetItem = async (name: string, slot: Marker['slot']) => {
    const status = await keychain.delete(itemOf(name, slot))
    if (status !== success && status !== itemNotFound) app.log(`holdfast: an old item stays: ${status}`)
  }
  const requireGuard = async ({ asks }: Guard) => {
    if (asks === null) return
    const why = await whyNotAsked(app, asks)
    // Adding asks nobody, so a lockout does not stand in its way.
    if (why === null || why.code === 'locked-out-permanent') return
    const { code, ...more } = why
    throw new Refusal(code, more)
  }
  /** The marker that can be read; a damaged one says of nothing that it is worth keeping. */
  const slotNow = async (name: string): Promise<Marker['slot'] | null> => {
    try {
      return (await known.read(name))?.slot ?? null
    } catch (error) {
      if (error instanceof Refusal && error.failure.code === 'corrupt') return null
      throw error
    }
  }

  return {
    async put(name, value, access) {
      await requireUnlocked()
      const guard = guardOf(access)
      await requireGuard(guard)
      const old = await slotNow(name)
      const slot = old === 0 ? 1 : 0
      await removeItem(name, slot)
      const { asks: _, ...guarded } = guard
      requireOf(await keychain.add({ ...itemOf(name, slot), ...guarded, valueData: value }), plain)
      await known.write(name, { access, slot })
      if (old !== null) await forgetItem(name, old)
    },
    async get(name) {
      await requireUnlocked()
      const marker = await known.read(name)
      if (marker === null) throw new Refusal('not-found')
      const { asks } = guardOf(marker.access)
      const item = itemOf(name, marker.slot)
      const stored = { marker: true, protectedData: true, enrolled: null } as const
      if (asks === null) {
        const { status, items } = await keychain.copyMatching({ ...item, noInterface: true, returnData: true })
        requireOf(status, { ...stored, silent: true })
        return dataOf(items)
      }
      // Nobody is asked for what the system has deleted.
      const probe = await keychain.copyMatching({ ...item, noInterface: true, returnAttributes: true })
      if (probe.status === itemNotFound) throw keychainRefusal(probe.status, { ...stored, silent: true })
      const context = await ask({ context: app.laContext(), asks })
      const { status, items } = await keychain.copyMatching({ ...item, context, noInterface: true, returnData: true })
      requireOf(status, { ...stored, protectedData: await app.isProtectedDataAvailable(), silent: true })
      return dataOf(items)
    },
    async delete(name) {
      await requireUnlocked()
      // The marker first: without it there is no entry, whatever a crash leaves. Both items, since one may be left over.
      await known.remove(name)
      for (const slot of [0, 1] as const) await removeItem(name, slot)
    },
    async has(name) {
      await requireUnlocked()
      return (await known.read(name)) !== null
    },
    async list() {
      await requireUnlocked()
      return [...(await known.names())].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    },
    availability: () => availabilityOf(app),
  }
}

function dataOf(items: readonly { readonly data: Uint8Array | null }[]): Uint8Array {
  const data = items[0]?.data ?? null
  if (data === null) throw new Refusal('internal', { reason: 'the keychain found no data' })
  return data
}
