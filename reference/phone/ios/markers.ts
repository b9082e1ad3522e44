import { z } from 'zod'
import { accessPolicies } from '../../../harness/contract/operations.ts'
import type { IosApp, OSStatus } from '../../../harness/contract/platforms/ios.ts'
import { Refusal } from '../../failure.ts'
import { itemNotFound, keychainRefusal, success } from './native.ts'

/** That an entry was stored and not deleted since, and where. */
export const markerSchema = z.strictObject({
  access: z.enum(accessPolicies),
  /** Which of the entry's two items counts. */
  slot: z.union([z.literal(0), z.literal(1)]),
})
export type Marker = Readonly<z.infer<typeof markerSchema>>

/**
 * Markers are items of the keychain that nobody is asked for. They live exactly where the secrets live, so they never
 * disagree with them by themselves: both outlive the app, neither is part of a backup, and only an enrolment or the
 * removal of the passcode takes a secret and leaves its marker. User defaults would be lost with the app and restored
 * on a phone without the secrets, and say before the first unlock that there was never anything.
 */
export interface Markers {
  read(name: string): Promise<Marker | null>
  /** Replaces at once. */
  write(name: string, marker: Marker): Promise<void>
  remove(name: string): Promise<void>
  names(): Promise<readonly string[]>
}

const context = { marker: false, protectedData: true, enrolled: null, silent: true } as const

/** To be used while protected data is available: before, every absence means nothing. */
export function markers(service: string, { keychain }: IosApp): Markers {
  const requireOf = (status: OSStatus, ...fine: readonly OSStatus[]) => {
    if (status !== success && !fine.includes(status)) throw keychainRefusal(status, context)
  }
  return {
    async read(account) {
      const { status, items } = await keychain.copyMatching({ service, account, returnData: true })
      if (status === itemNotFound) return null
      requireOf(status)
      return markerOf(items[0]?.data ?? null)
    },
    async write(account, marker) {
      const valueData = Uint8Array.from(Buffer.from(JSON.stringify(marker)))
      const updated = await keychain.update({ service, account }, { valueData })
      if (updated !== itemNotFound) return requireOf(updated)
      requireOf(await keychain.add({ service, account, valueData, accessible: 'AfterFirstUnlockThisDeviceOnly' }))
    },
    async remove(account) {
      requireOf(await keychain.delete({ service, account }), itemNotFound)
    },
    async names() {
      const { status, items } = await keychain.copyMatching({ service, all: true, returnAttributes: true })
      requireOf(status, itemNotFound)
      return items.map(({ account }) => account)
    },
  }
}

function markerOf(data: Uint8Array | null): Marker {
  let json: unknown
  try {
    json = data === null ? null : JSON.parse(Buffer.from(data).toString('utf8'))
  } catch {
    json = null
  }
  const marker = markerSchema.safeParse(json)
  if (!marker.success) throw new Refusal('corrupt', { reason: 'the marker is damaged' })
  return marker.data
}
