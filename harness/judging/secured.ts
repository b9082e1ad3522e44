import type { AccessPolicy } from '../contract/operations.ts'
import { type Kept, may, union, usable } from '../models/fate.ts'
import type { Phone } from '../models/phone.ts'
import type { Replaced } from './phone-fact.ts'

/** What a policy guards, as the history tells of it: an entry, or the key of a vault with a lifecycle. */
export interface Secured {
  policy: AccessPolicy
  /** What is kept of it, as far as `from` of all that happened. */
  kept: readonly Kept[]
  from: number
  /** How much had happened, and how often the sensor had been locked out and the process had died, when its last acknowledged write began. */
  writtenAt: number
  lockouts: number
  deaths: number
  late: boolean
  replaced: Replaced
  failed: boolean
  /** Under which policy it is, or whether its key is the old one or the new, is not known. */
  unsure: boolean
}

export const enrolments: ReadonlySet<string> = new Set([
  'finger-added',
  'finger-removed',
  'all-removed',
  'strong-face-added',
])

/** Brings what is kept up to now. */
export function upToNow(of: Secured, phone: Phone): readonly Kept[] {
  if (of.from < phone.happened.length) {
    of.kept = phone.kept(of.kept, of.policy, of.from, false)
    of.from = phone.happened.length
  }
  return of.kept
}

/** What a write takes the place of, where that is not in good order. */
export function replacedBy(of: Secured, phone: Phone): Replaced {
  const kept = upToNow(of, phone)
  const since = phone.happened.slice(of.writtenAt)
  if (since.includes('data-cleared')) return null
  if (since.includes('reinstalled-with-backup') || since.includes('phone-changed')) return 'restored'
  if (since.includes('reinstalled')) return 'reinstalled'
  return may(kept, 'usable') ? null : may(kept, 'invalidated') ? 'invalidated' : null
}

/** An acknowledged write that began when so much had happened. */
export function written(
  policy: AccessPolicy,
  phone: Phone,
  began: Pick<Secured, 'lockouts' | 'deaths' | 'replaced'> & { readonly happened: number },
): Secured {
  return {
    policy,
    kept: phone.kept(usable, policy, began.happened, true),
    from: phone.happened.length,
    writtenAt: began.happened,
    lockouts: began.lockouts,
    deaths: began.deaths,
    late: phone.happened.slice(0, began.happened).some((one) => enrolments.has(one)),
    replaced: began.replaced,
    failed: false,
    unsure: false,
  }
}

/** A write that was refused or killed: the old entry, and perhaps the new one. */
export function halfWritten(of: Secured, policy: AccessPolicy, certain: boolean): void {
  if (may(of.kept, 'usable') && of.kept.length === 1) of.unsure ||= !certain && of.policy !== policy
  else {
    // A key that was lost may have been made anew before the write failed.
    of.kept = union<Kept>(of.kept, ['gone'])
    of.unsure ||= !certain
  }
}
