import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Control, phoneProfiles, touchesOf } from '../../harness/contract/controls.ts'
import type { Device } from '../../harness/contract/device.ts'
import { type AccessPolicy, accessPolicies } from '../../harness/contract/operations.ts'
import { type AndroidApp, authenticators, type KeyGenParameterSpec } from '../../harness/contract/platforms/android.ts'
import { accessControlFlags, type IosApp } from '../../harness/contract/platforms/ios.ts'
import { android } from '../../harness/models/android.ts'
import { codesOf, usable } from '../../harness/models/fate.ts'
import { ios } from '../../harness/models/ios.ts'
import { type Platform, phone } from '../../harness/models/phone.ts'
import { settling } from '../simulation/settling.ts'
import { ask, boundKey, toldOf } from './android/bench.ts'
import { virtualAndroid } from './android/device.ts'
import { virtualIos } from './ios/device.ts'

/*
 * The phones that act and the tables that judge share no code. Here one is held against the other: the same events, a key
 * or item of each policy, and what its use comes to. What a vault makes of it is not asked: a key that is gone may be told
 * as invalidated or as never stored.
 */
type Seen = 'given' | 'lost' | 'closed' | 'nobody' | 'failing' | 'not made'

const events: readonly Control[] = [
  { control: 'enrol', what: 'finger' },
  { control: 'enrol', what: 'strong-face' },
  { control: 'enrol', what: 'weak-face' },
  { control: 'unenrol', which: 'one' },
  { control: 'unenrol', which: 'all' },
  { control: 'change-screen-lock', old: 'proven' },
  { control: 'change-screen-lock', old: 'unproven' },
  { control: 'remove-screen-lock' },
  { control: 'set-screen-lock' },
  { control: 'lock-screen' },
  { control: 'unlock-screen' },
  { control: 'reboot', unlocked: true },
  { control: 'reboot', unlocked: false },
  { control: 'reinstall', backup: false },
  { control: 'change-phone' },
  { control: 'clear-data' },
  { control: 'update-app' },
  { control: 'update-system' },
  { control: 'change-language' },
]

const androidKeys: Readonly<Record<AccessPolicy, Partial<KeyGenParameterSpec>>> = {
  'current-set': {},
  'any-enrolled': { invalidatedByBiometricEnrollment: false },
  'device-credential': { userAuthentication: { seconds: 0, by: 'both' } },
  none: { userAuthenticationRequired: false },
}
const androidPrompt = (policy: AccessPolicy) =>
  policy === 'device-credential'
    ? { title: 'x', allowedAuthenticators: authenticators.strong | authenticators.deviceCredential }
    : { title: 'x', allowedAuthenticators: authenticators.strong, negativeButtonText: 'No' }

async function makeAndroidKey(app: AndroidApp, policy: AccessPolicy): Promise<boolean> {
  return (await toldOf(app.keyStore.generateKey(boundKey(policy, androidKeys[policy])))) === 'answered'
}
async function useAndroidKey(device: Device, app: AndroidApp, policy: AccessPolicy): Promise<Seen> {
  const closed = !(await app.isUserUnlocked())
  const key = await settling(app.keyStore.getKey(policy))
  // Before the first unlock nobody can read what the key would open: that it is gone says nothing yet.
  if (key.is !== 'answered' || key.value === null) return closed ? 'closed' : 'lost'
  const cipher = app.keyStore.cipher('AES/GCM/NoPadding')
  const begun = await toldOf(cipher.init('encrypt', key.value))
  if (begun === 'KeyPermanentlyInvalidatedException') return closed ? 'closed' : 'lost'
  if (begun === 'UserNotAuthenticatedException') return closed ? 'closed' : 'nobody'
  if (begun !== 'answered') return 'failing'
  if (policy !== 'none') {
    const { heard } = await ask(app, cipher, androidPrompt(policy))
    device.prompts?.answer()
    await settling(new Promise(() => {}))
    if (!heard.includes('matched')) return (await app.keyguardManager.isDeviceLocked()) || closed ? 'closed' : 'nobody'
  }
  // A match that lets nothing be used: late invalidation, or a sensor that a removed finger muted.
  return (await toldOf(cipher.doFinal(Uint8Array.of(1)))) === 'answered' ? 'given' : 'lost'
}

const { biometryAny, biometryCurrentSet, userPresence } = accessControlFlags
const iosFlags: Readonly<Record<AccessPolicy, number | null>> = {
  'current-set': biometryCurrentSet,
  'any-enrolled': biometryAny,
  'device-credential': userPresence,
  none: null,
}
async function addIosItem(app: IosApp, policy: AccessPolicy): Promise<boolean> {
  const accessible = 'WhenUnlockedThisDeviceOnly' as const
  const flags = iosFlags[policy]
  const bound = flags === null ? { accessible } : { accessControl: { accessible, flags } }
  const status = await app.keychain.add({ service: 'oracle', account: policy, valueData: Uint8Array.of(1), ...bound })
  return status === 0
}
async function readIosItem(device: Device, app: IosApp, policy: AccessPolicy): Promise<Seen> {
  const reading = app.keychain.copyMatching({ service: 'oracle', account: policy, returnData: true })
  for (let turn = 0; turn < 5; turn++) {
    await settling(new Promise(() => {}))
    device.prompts?.answer()
  }
  const read = await settling(reading)
  if (read.is !== 'answered') return 'nobody'
  switch (read.value.status) {
    case 0:
      return 'given'
    case -25300:
      // Some kinds of iPhone say so before the first unlock.
      return (await app.isProtectedDataAvailable()) ? 'lost' : 'closed'
    case -25308:
      return 'closed'
    default:
      return 'nobody'
  }
}

/** What the table allows, in the same words. */
const allowedBy = (codes: readonly string[], plainly: boolean): readonly Seen[] => [
  ...(plainly ? (['given'] as const) : []),
  ...codes.flatMap((code): readonly Seen[] => {
    if (code === 'key-invalidated' || code === 'not-found') return ['lost']
    if (code === 'device-locked') return ['closed']
    if (code === 'not-enrolled' || code === 'no-screen-lock') return ['nobody']
    if (code === 'hardware-unavailable' || code === 'unavailable') return ['failing', 'lost']
    return []
  }),
]

interface Side<App> {
  readonly device: Device
  readonly platform: Platform
  start(): App
  make(app: App, policy: AccessPolicy): Promise<boolean>
  use(app: App, policy: AccessPolicy): Promise<Seen>
}

/** The events that were done, and each policy's use where the table does not allow it. */
async function disagreements<App>(
  side: Side<App>,
  profile: string,
  sequence: readonly Control[],
): Promise<readonly string[]> {
  const { device, platform } = side
  await device.restore()
  const oracle = phone(platform)
  const apply = async (control: Control) => {
    if (touchesOf(control) === 'app') device.effects?.drop()
    if ((await device.apply(control)) !== 'done') return
    oracle.control(control, device.takeRestored?.() ?? null)
    oracle.tick(device.now())
  }
  await apply({ control: 'use-phone', profile } as Control)
  const made: AccessPolicy[] = []
  for (const policy of accessPolicies) if (await side.make(side.start(), policy)) made.push(policy)
  for (const control of sequence) await apply(control)
  const wrong: string[] = []
  for (const policy of made) {
    const seen = await side.use(side.start(), policy)
    const fates = oracle.read(oracle.kept(usable, policy, 0, false), policy)
    const allowed = allowedBy(codesOf(fates), fates.includes('usable'))
    if (!allowed.includes(seen)) wrong.push(`${policy}: ${seen}, and the table says ${fates.join(' or ')}`)
  }
  return wrong
}

const androidSide = (): Side<AndroidApp> => {
  const device = virtualAndroid()
  return {
    device,
    platform: android,
    start: () => device.android?.('oracle') as AndroidApp,
    make: makeAndroidKey,
    use: (app, policy) => useAndroidKey(device, app, policy),
  }
}
const iosSide = (): Side<IosApp> => {
  const device = virtualIos()
  return {
    device,
    platform: ios('adopts'),
    start: () => device.ios?.('oracle') as IosApp,
    make: addIosItem,
    use: (app, policy) => readIosItem(device, app, policy),
  }
}

const sequences = fc.array(fc.constantFrom(...events), { maxLength: 6, size: 'max' })

describe.each(phoneProfiles.map((profile) => [profile]))('%s', (profile) => {
  it('acts within what the table allows, whatever happens', async () => {
    const check = async (sequence: readonly Control[]) =>
      profile.startsWith('ios')
        ? disagreements(iosSide(), profile, sequence)
        : disagreements(androidSide(), profile, sequence)
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        expect(await check(sequence)).toEqual([])
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})

it('a table that is wrong is found out', async () => {
  const keeps = { ...android, rows: { ...android.rows, 'finger-added': android.rows['app-updated'] } }
  const finger: Control = { control: 'enrol', what: 'finger' }
  expect(await disagreements({ ...androidSide(), platform: keeps }, 'android-34', [finger])).toEqual([
    'current-set: lost, and the table says usable',
  ])
})
