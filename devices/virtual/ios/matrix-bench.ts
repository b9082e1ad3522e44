import { type Control, touchesOf } from '../../../harness/contract/controls.ts'
import { type Accessibility, accessControlFlags as flag, type IosApp } from '../../../harness/contract/platforms/ios.ts'
import { settling } from '../../simulation/settling.ts'
import { type VirtualIosOptions, virtualIos } from './device.ts'
import { type IosProfileName, iosProfiles } from './profiles.ts'

interface Kind {
  readonly name: string
  readonly accessible: Accessibility
  readonly flags: number
}
/** Kinds of items, one column each. */
export const itemKinds: readonly Kind[] = [
  {
    name: 'current set, WhenPasscodeSet',
    accessible: 'WhenPasscodeSetThisDeviceOnly',
    flags: flag.biometryCurrentSet,
  },
  { name: 'current set, WhenUnlocked', accessible: 'WhenUnlocked', flags: flag.biometryCurrentSet },
  { name: 'any biometry, WhenUnlocked', accessible: 'WhenUnlocked', flags: flag.biometryAny },
  {
    name: 'user presence, WhenUnlocked, this device',
    accessible: 'WhenUnlockedThisDeviceOnly',
    flags: flag.userPresence,
  },
  {
    name: 'passcode, AfterFirstUnlock, this device',
    accessible: 'AfterFirstUnlockThisDeviceOnly',
    flags: flag.devicePasscode,
  },
  { name: 'nobody, WhenPasscodeSet', accessible: 'WhenPasscodeSetThisDeviceOnly', flags: 0 },
  { name: 'nobody, WhenUnlocked', accessible: 'WhenUnlocked', flags: 0 },
  { name: 'nobody, AfterFirstUnlock', accessible: 'AfterFirstUnlock', flags: 0 },
]

interface Happening {
  readonly name: string
  /** Done before the item is added. */
  readonly before?: readonly Control[]
  readonly after: readonly Control[]
}
/** What happens between adding and reading. `more` is one finger or face more. */
const happenings = (more: Control): readonly Happening[] => [
  { name: 'nothing', after: [] },
  { name: 'one more enrolled', after: [more] },
  { name: 'one of two removed', before: [more], after: [{ control: 'unenrol', which: 'one' }] },
  { name: 'all removed', after: [{ control: 'unenrol', which: 'all' }] },
  { name: 'all removed, one enrolled', after: [{ control: 'unenrol', which: 'all' }, more] },
  { name: 'locked out', after: [{ control: 'lock-out', how: 'permanent' }] },
  { name: 'passcode changed', after: [{ control: 'change-screen-lock', old: 'proven' }] },
  { name: 'passcode reset', after: [{ control: 'change-screen-lock', old: 'unproven' }] },
  { name: 'passcode removed', after: [{ control: 'remove-screen-lock' }] },
  { name: 'passcode removed and set', after: [{ control: 'remove-screen-lock' }, { control: 'set-screen-lock' }] },
  { name: 'screen locked', after: [{ control: 'lock-screen' }] },
  { name: 'restarted, not unlocked', after: [{ control: 'reboot', unlocked: false }] },
  { name: 'restarted and unlocked', after: [{ control: 'reboot', unlocked: true }] },
  { name: 'app updated', after: [{ control: 'update-app' }] },
  { name: 'system updated', after: [{ control: 'update-system' }] },
  { name: 'installed anew', after: [{ control: 'reinstall', backup: false }] },
  { name: 'moved to another phone', after: [{ control: 'change-phone' }] },
]

export interface MatrixOptions extends VirtualIosOptions {
  /** Default `ios-18`. */
  readonly profile?: IosProfileName
}
const bytes = Uint8Array.of(1, 2, 3)
export const query = { service: 'matrix', account: 'item' }

/** A phone that the truth tables ask, fresh for each cell. */
export const bench = ({ profile = 'ios-18', ...options }: MatrixOptions) => {
  const device = virtualIos(options)
  const open = (): IosApp => {
    const app = device.ios?.('matrix')
    if (app === undefined) throw new Error('an iPhone gives an app')
    return app
  }
  let app = open()
  const act = async (control: Control): Promise<void> => {
    if (touchesOf(control) === 'app') device.effects?.drop()
    const result = await device.apply(control)
    if (result !== 'done') throw new Error(`the iPhone skipped ${JSON.stringify(control)}`)
    if (touchesOf(control) === 'app') app = open()
  }
  const fresh = async (controls: readonly Control[] = []): Promise<void> => {
    await device.restore()
    app = open()
    await act({ control: 'use-phone', profile })
    for (const control of controls) await act(control)
  }
  /** `asks`: a prompt came up, and the person was recognised. */
  const answered = async <T>(call: Promise<T>, told: (value: T) => string): Promise<string> => {
    const asked = device.prompts?.up() === true && device.prompts.answer()
    const seen = await settling(call)
    if (seen.is !== 'answered') return 'no answer'
    const text = told(seen.value)
    return asked ? (text === 'given' ? 'asks' : `asks, ${text}`) : text
  }
  const add = ({ accessible, flags }: Kind): Promise<string> =>
    answered(app.keychain.add({ ...query, valueData: bytes, accessControl: { accessible, flags } }), (status) =>
      status === 0 ? 'kept' : String(status),
    )
  const read = (): Promise<string> =>
    answered(app.keychain.copyMatching({ ...query, returnData: true }), ({ status, items }) =>
      status === 0 && items[0]?.data?.length === bytes.length ? 'given' : String(status),
    )
  const more: Control = {
    control: 'enrol',
    what: iosProfiles[profile].biometry === 'touchID' ? 'finger' : 'strong-face',
  }
  return { device, app: () => app, act, fresh, answered, add, read, happenings: happenings(more) }
}
