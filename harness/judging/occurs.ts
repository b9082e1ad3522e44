import type { Description } from '../contract/description.ts'
import type { Situation } from './situations.ts'

/** What a vault is, and what can be done to what is around it. */
interface Place {
  readonly description: Description
  readonly controls: ReadonlySet<string>
}

/** Only what a vault answers brings these about: a sound one need never. */
const byAnswer: ReadonlySet<Situation> = new Set([
  'acknowledged-while-asking',
  'called-ambiguous',
  'ended-by-itself',
  'read-after-write-without-store',
])

const on =
  (platform: 'desktop' | 'android' | 'ios') =>
  ({ description }: Place) =>
    (description.platform ?? 'desktop') === platform
const phone = (place: Place) => !on('desktop')(place)
const claims =
  (profile: Description['profiles'][number]) =>
  ({ description }: Place) =>
    description.profiles.includes(profile)
const can =
  (control: string) =>
  ({ controls }: Place) =>
    controls.has(control)

/** What it takes, where that is not at hand for every vault of which its requirements say something. */
const takes: Readonly<Partial<Record<Situation, (place: Place) => boolean>>> = {
  gated: claims('gate'),
  'opened-beside-copies': claims('lifecycle'),
  'table-declared': ({ description }) => description.mapping.length > 0,
  // With a PIN both are a matter of its two factors, which is told of the opening.
  'read-after-wipe': (place) => can('wipe-keyring')(place) && !claims('pin')(place),
  'read-without-keyring': (place) => can('stop-keyring')(place) && !claims('pin')(place),
  'read-after-power-cut': can('cut-power'),
  'deleted-and-counted': phone,
  'late-invalidation': on('android'),
  // On an iPhone what is left behind without its key is no entry.
  'read-after-restored-backup': on('android'),
  'turned-while-prompting': can('rotate'),
  'asked-after-turn': can('rotate'),
  'button-of-prompt': on('android'),
  'timed-out-prompt': on('android'),
}

/** Whether a situation can occur here at all, with a vault that does as it should. */
export const canOccur = (situation: Situation, place: Place): boolean =>
  !byAnswer.has(situation) && (takes[situation]?.(place) ?? true)
