import type { PhoneProfile } from '../../../harness/contract/controls.ts'
import { renderTable } from './table.ts'

/** What one kind of iPhone is, and what it gets wrong. */
export interface IosProfile {
  /** In one sentence, for readers. */
  readonly what: string
  readonly seenBy: string
  readonly source: string
  /** What of it is not confirmed, but plausible. No verdict may rest on it. */
  readonly gap: string | null
  readonly systemVersion: number
  readonly biometry: 'touchID' | 'faceID'
  /** Before the first unlock every second read of an item that exists answers -25300 in place of -25308. */
  readonly hidesItemsBeforeFirstUnlock: boolean
  /** Enrolling anew after everything was removed takes items of `biometryAny` too. */
  readonly resetTakesAnyBiometry: boolean
}

const sound = {
  systemVersion: 18.3,
  biometry: 'touchID',
  hidesItemsBeforeFirstUnlock: false,
  resetTakesAnyBiometry: false,
} as const

/** The phones, by the name that `use-phone` takes. The first is the one that every program begins with. */
export const iosProfiles = {
  'ios-18': {
    ...sound,
    what: 'iOS 18.3 with Touch ID, as Apple documents it',
    seenBy: 'Apple’s documentation of Keychain Services and LocalAuthentication',
    source: 'https://developer.apple.com/documentation/localauthentication',
    gap: 'what each version answers after a finger is added or removed: -25300 was told of, by no version',
  },
  'ios-15-prewarm': {
    ...sound,
    systemVersion: 15.4,
    hidesItemsBeforeFirstUnlock: true,
    what:
      'iOS 15.4 that starts apps before the first unlock: a read of an item that exists says now “interaction not ' +
      'allowed” (-25308), now “not found” (-25300). When is not known; here it is every second read, the first says -25308',
    seenBy: 'apps that logged people out or wiped their data after a restart: luka, Firebase, the Salesforce SDK',
    source: 'https://github.com/firebase/firebase-ios-sdk/pull/16505',
    gap: 'when a read says which',
  },
  'ios-18-reset-face': {
    ...sound,
    biometry: 'faceID',
    resetTakesAnyBiometry: true,
    what:
      'iOS 18.3 with Face ID: after the face is reset and enrolled anew, items for any biometry are gone too, which ' +
      'Apple’s documentation does not say',
    seenBy: 'a developer on 18.3.1; Apple’s support asked for a bug report',
    source: 'https://developer.apple.com/forums/thread/774790',
    gap: 'by which status reading such an item fails: here -25300, as if it were deleted',
  },
} as const satisfies Partial<Record<PhoneProfile, IosProfile>>
export type IosProfileName = keyof typeof iosProfiles
export const iosProfileNames = Object.keys(iosProfiles) as [IosProfileName, ...IosProfileName[]]
export const defaultIosProfile: IosProfile = iosProfiles['ios-18']

/** The phones as a table for the pages. */
export const renderIosProfiles = (): string =>
  renderTable({
    title: 'Kinds of iPhone',
    columns: ['profile', 'what it does', 'seen by', 'not confirmed'],
    rows: iosProfileNames.map((name) => {
      const { what, seenBy, source, gap } = iosProfiles[name]
      return [`\`${name}\``, what, `[${seenBy}](${source})`, gap]
    }),
  })
