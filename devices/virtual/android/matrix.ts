import type { Control } from '../../../harness/contract/controls.ts'
import {
  type AndroidApp,
  authenticators,
  type KeyGenParameterSpec,
} from '../../../harness/contract/platforms/android.ts'
import { type Bench, benchOf, boundKey, got, initTold, must, quiet, toldOf } from './bench.ts'
import { virtualAndroid } from './device.ts'
import { type AndroidProfile, profiles } from './profiles.ts'

interface KeyRow {
  readonly about: string
  readonly spec: KeyGenParameterSpec
}
const key = (about: string, more: Partial<KeyGenParameterSpec> = {}): KeyRow => ({ about, spec: boundKey('key', more) })
const asksNobody = { userAuthenticationRequired: false }

/** Kinds of keys: by whom they may be used, for how long, and what an enrolment does to them. */
export const keyClasses = {
  A: key('a finger for each use, invalidated by enrolment: the default'),
  B: key('a finger for each use, kept when enrolments change', { invalidatedByBiometricEnrollment: false }),
  C: key('a finger or the PIN for each use', { userAuthentication: { seconds: 0, by: 'both' } }),
  D: key('the PIN, for 30 s', { userAuthentication: { seconds: 30, by: 'credential' } }),
  E: key('nobody', asksNobody),
  F: key('nobody, on an unlocked phone', { ...asksNobody, unlockedDeviceRequired: true }),
} as const satisfies Record<string, KeyRow>
export type KeyClass = keyof typeof keyClasses

interface Happening {
  readonly before?: readonly Control[]
  readonly acts: readonly Control[]
}
const finger: Control = { control: 'enrol', what: 'finger' }
/** What happens between the making of a key and its use. */
export const happenings = {
  nothing: { acts: [] },
  'another finger is enrolled': { acts: [finger] },
  'one of two fingers is removed': { before: [finger], acts: [{ control: 'unenrol', which: 'one' }] },
  'all fingers are removed': { acts: [{ control: 'unenrol', which: 'all' }] },
  'all fingers are removed, and one is enrolled again': { acts: [{ control: 'unenrol', which: 'all' }, finger] },
  'a strong face is enrolled': { acts: [{ control: 'enrol', what: 'strong-face' }] },
  'a weak face is enrolled': { acts: [{ control: 'enrol', what: 'weak-face' }] },
  'the PIN is changed by who knows it': { acts: [{ control: 'change-screen-lock', old: 'proven' }] },
  'the PIN is forced by an administrator': { acts: [{ control: 'change-screen-lock', old: 'unproven' }] },
  'the screen lock is removed': { acts: [{ control: 'remove-screen-lock' }] },
  'the phone restarts and is not unlocked': { acts: [{ control: 'reboot', unlocked: false }] },
  'the phone restarts and is unlocked': { acts: [{ control: 'reboot', unlocked: true }] },
} as const satisfies Record<string, Happening>
export type HappeningName = keyof typeof happenings

/** What the use of each kind of key comes to after each happening. A row is missing where this phone cannot do it. */
export interface Matrix {
  readonly profile: AndroidProfile
  readonly cells: ReadonlyMap<HappeningName, ReadonlyMap<KeyClass, string>>
}

const short: Readonly<Record<string, string>> = {
  KeyPermanentlyInvalidatedException: 'KPIE',
  UnrecoverableKeyException: 'UnrecoverableKey',
  UserNotAuthenticatedException: 'authenticate',
}

/** Whom a prompt could ask now: a finger, the PIN alone, or nobody. */
const prompted = async ({ biometricManager: manager }: AndroidApp, by: 'biometric' | 'both'): Promise<string> => {
  const { strong, deviceCredential } = authenticators
  if ((await got(manager.canAuthenticate(strong))) === 0) return 'prompt'
  const pin = by === 'both' && (await got(manager.canAuthenticate(strong | deviceCredential))) === 0
  return pin ? 'prompt (PIN)' : 'prompt (nobody can answer)'
}

/** What comes of `getKey` and `Cipher.init`, by an app that looks only at what it is told. */
const used = async (bench: Bench, spec: KeyGenParameterSpec): Promise<string> => {
  const app = bench.start()
  const first = await initTold(app, 'key')
  if (first !== 'answered') {
    const closed = first === 'UserNotAuthenticatedException' && !(await got(app.isUserUnlocked()))
    return closed ? 'locked' : (short[first] ?? first)
  }
  if (spec.userAuthenticationRequired !== true) return 'works'
  const { seconds, by } = spec.userAuthentication ?? { seconds: 0, by: 'biometric' }
  if (seconds === 0) return prompted(app, by === 'biometric' ? 'biometric' : 'both')
  await must(bench, { control: 'advance-clock', by: (seconds + 1) * 1000 })
  const later = await initTold(app, 'key')
  return later === 'answered' ? 'works' : `works for ${seconds} s`
}

/** The use of one key 60 s after it was made; null where the phone cannot do what should happen. */
const cell = async (bench: Bench, profile: AndroidProfile, spec: KeyGenParameterSpec, happening: Happening) => {
  await bench.device.restore()
  await must(bench, { control: 'use-phone', profile })
  const app = bench.start()
  for (const control of happening.before ?? []) await must(bench, control)
  const made = await toldOf(app.keyStore.generateKey(spec))
  if (made !== 'answered') return 'cannot be made'
  await must(bench, { control: 'advance-clock', by: 60_000 })
  for (const control of happening.acts) if ((await bench.device.apply(control)) === 'skipped') return null
  await quiet()
  return used(bench, spec)
}

/** Makes the table by running the simulation: one key in each cell, looked at as an app does. */
export const matrix = async (profile: AndroidProfile = 'android-34'): Promise<Matrix> => {
  const bench = benchOf(virtualAndroid())
  const cells = new Map<HappeningName, ReadonlyMap<KeyClass, string>>()
  for (const name of Object.keys(happenings) as HappeningName[]) {
    const row = new Map<KeyClass, string>()
    for (const kind of Object.keys(keyClasses) as KeyClass[]) {
      const seen = await cell(bench, profile, keyClasses[kind].spec, happenings[name])
      if (seen !== null) row.set(kind, seen)
    }
    if (row.has('E')) cells.set(name, row)
  }
  return { profile, cells }
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const kinds = Object.keys(keyClasses) as KeyClass[]
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')

/** The table in Markdown. */
export const renderMatrix = ({ cells }: Matrix): string =>
  table(
    ['what happens', ...kinds],
    [...cells].map(([name, row]) => [name, ...kinds.map((kind) => row.get(kind) ?? '')]),
  )

/** What the words of a cell mean. */
export const matrixWords: Readonly<Record<string, string>> = {
  prompt: '`Cipher.init` succeeds, and the person is asked',
  'prompt (PIN)': 'the same, and only the PIN can answer',
  'prompt (nobody can answer)': 'the same, and `canAuthenticate` says that nobody can be asked',
  KPIE: '`Cipher.init` throws KeyPermanentlyInvalidatedException',
  authenticate: '`Cipher.init` throws UserNotAuthenticatedException',
  locked: 'the same, before the first unlock',
  works: 'the key is used and nobody is asked',
  'works for 30 s': 'the same, since the PIN was entered just now',
  'no key': '`getKey` gives null',
  UnrecoverableKey: '`getKey` throws UnrecoverableKeyException without a cause',
  'cannot be made': 'the specification is refused on this phone',
}

/** A cell of one kind of phone that is other than on the newest. */
export interface Difference {
  readonly profile: AndroidProfile
  readonly happening: HappeningName
  readonly kind: KeyClass
  readonly cell: string
}

/** Where a kind of phone differs from the newest; without keys that it cannot make at all. */
export const differences = async (profile: AndroidProfile): Promise<readonly Difference[]> => {
  const [usual, other] = [await matrix(), await matrix(profile)]
  return [...other.cells].flatMap(([happening, row]) =>
    [...row]
      .filter(([kind, cell]) => cell !== 'cannot be made' && cell !== usual.cells.get(happening)?.get(kind))
      .map(([kind, cell]) => ({ profile, happening, kind, cell })),
  )
}

/** What docs/platforms.md shows: the table of the newest phone, what its words mean, and where other kinds differ. */
export const renderAndroidMatrix = async (): Promise<string> => {
  const profileNames = Object.keys(profiles) as AndroidProfile[]
  const others = (await Promise.all(profileNames.map(differences))).flat()
  /** Kinds of keys that come to the same are told in one row. */
  const rows = new Map<string, { readonly cells: readonly string[]; readonly kinds: KeyClass[] }>()
  for (const { profile, happening, kind, cell } of others) {
    const cells = [`\`${profile}\``, happening, cell]
    const row = rows.get(cells.join()) ?? { cells, kinds: [] }
    row.kinds.push(kind)
    rows.set(cells.join(), row)
  }
  return [
    renderMatrix(await matrix()),
    table(
      ['key', 'may be used by'],
      kinds.map((kind) => [kind, keyClasses[kind].about]),
    ),
    table(['word', 'what it means'], Object.entries(matrixWords)),
    'Where other kinds of phone differ:',
    table(
      ['phone', 'what happens', 'keys', 'then'],
      [...rows.values()].map(({ cells: [profile = '', happening = '', cell = ''], kinds: of }) => [
        profile,
        happening,
        of.join(', '),
        cell,
      ]),
    ),
  ].join('\n\n')
}
