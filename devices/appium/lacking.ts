import type { ControlName } from '../../harness/contract/controls.ts'

/** Phones behind a driver, by what they are. A plain Appium leads to one of the last two, or to a real phone. */
export const drivenKinds = [
  'appium-virtual-android',
  'appium-virtual-ios',
  'android-emulator',
  'ios-simulator',
] as const
export type DrivenKind = (typeof drivenKinds)[number]

/** A control that a driven phone lacks, or a part of one, and why. */
export interface Lack {
  readonly control: ControlName
  /** Which part of it is skipped; absent where all of it lacks. */
  readonly only?: string
  readonly on: readonly DrivenKind[]
  readonly why: string
}

const android = ['appium-virtual-android', 'android-emulator'] as const
const ios = ['appium-virtual-ios', 'ios-simulator'] as const
const own = ['android-emulator', 'ios-simulator'] as const

/**
 * What cannot be done through a driver, whole controls first. What an entry of a configuration may give (`app` with a file,
 * hooks) is then there all the same.
 */
export const lacking: readonly Lack[] = [
  {
    control: 'use-phone',
    on: own,
    why: 'a phone is of the kind that it is: name one of another kind beside it in the configuration',
  },
  { control: 'change-phone', on: own, why: 'one session leads to one phone, and the backup would go to another' },
  {
    control: 'forge-match',
    on: [...own, 'appium-virtual-ios'],
    why: "nothing that a driver brings reaches into the app's process: give a hook, where a tool of yours does",
  },
  {
    control: 'reinstall',
    on: own,
    why: 'an app that is there already cannot be installed anew: give app: { path } or { url }',
  },
  { control: 'update-app', on: own, why: 'there is no newer build: give app: { path, newer }' },
  { control: 'update-system', on: [...own, 'appium-virtual-ios'], why: 'no driver installs a system' },
  { control: 'lock-out', on: ios, why: 'a simulator shows no prompt but those of the app' },
  { control: 'change-screen-lock', on: ios, why: 'a simulator has no passcode that could be changed' },
  { control: 'remove-screen-lock', on: ios, why: 'a simulator has no passcode that could be removed' },
  { control: 'set-screen-lock', on: ios, why: 'a simulator has no passcode that could be set' },
  { control: 'reboot', on: ios, why: 'no command of XCUITest restarts a simulator' },
  { control: 'clear-data', on: ios, why: "iOS has no button that clears an app's data" },
  { control: 'enrol', only: 'faces', on: android, why: "an emulator's sensor knows fingers alone" },
  { control: 'enrol', only: 'a second finger, faces', on: ios, why: 'enrolment on a simulator is one switch' },
  { control: 'unenrol', only: 'one of several', on: ios, why: 'enrolment on a simulator is one switch' },
  {
    control: 'lock-out',
    only: 'for good',
    on: android,
    why: 'it takes twenty misses and three waits of half a minute, and a phone of yours is not brought that far',
  },
  {
    control: 'change-screen-lock',
    only: 'without the old PIN',
    on: android,
    why: 'only an administrator of the device does that',
  },
  {
    control: 'advance-clock',
    only: 'back, and by more than a minute on phones of your own',
    on: drivenKinds,
    why: 'a shell may not set the clock, and time that goes by is waited for',
  },
  { control: 'reinstall', only: 'with its backup', on: ios, why: 'a simulator takes no backup of an app' },
]

/** Controls of a phone that this one lacks, with the reason why. */
export const lacksOf = (kind: DrivenKind, has: ReadonlySet<ControlName>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    lacking.flatMap(({ control, only, on, why }) =>
      only === undefined && on.includes(kind) && !has.has(control) ? [[control, why]] : [],
    ),
  )

/** The same as lines for people, parts of controls among them. */
export const lackingWords = (kind: DrivenKind): readonly string[] =>
  lacking.flatMap(({ control, only, on, why }) =>
    on.includes(kind) ? [`${control}${only === undefined ? '' : ` (${only})`}: ${why}`] : [],
  )
