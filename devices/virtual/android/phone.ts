import type { RepeatableRandom } from '../../simulation/random.ts'
import { clearLockout, type Lockout, noLockout } from './lockout.ts'
import { type AndroidProfile, type PhoneRules, profiles } from './profiles.ts'
import { type Language, languages } from './texts.ts'

/** A secure id: of the screen lock (Gatekeeper's) or of a sensor's enrolments (its authenticator id). */
export type Sid = string
export const sensorNames = ['finger', 'strong-face', 'weak-face'] as const
export type SensorName = (typeof sensorNames)[number]

export interface Sensor {
  /** 3 is strong: only its matches reach the keystore. */
  readonly class: 2 | 3
  templates: number
  /** Means nothing without templates. */
  authenticatorId: Sid
}

/** What the phone is and holds, beside its keystore and its app. */
export interface Phone {
  rules: PhoneRules
  /** Null without a PIN. */
  rootSid: Sid | null
  readonly sensors: Readonly<Record<SensorName, Sensor>>
  firstUnlockDone: boolean
  unlocked: boolean
  readonly lockout: Lockout
  language: Language
  /** Machine starts since the program began. */
  boots: number
  /** When it started last, in milliseconds of its clock. */
  startedAt: number
  /** Fault `removed-finger-mutes`: a match lets nothing be used. */
  muted: boolean
  /** Updates of the system. */
  updates: number
}

const sid = ({ port }: RepeatableRandom): Sid => Buffer.from(port.bytes(8)).toString('hex')

/** A phone out of its box; `setUp` makes it somebody's. */
export const createPhone = (): Phone => ({
  rules: profiles['android-34'].rules,
  rootSid: null,
  sensors: {
    finger: { class: 3, templates: 0, authenticatorId: '' },
    'strong-face': { class: 3, templates: 0, authenticatorId: '' },
    'weak-face': { class: 2, templates: 0, authenticatorId: '' },
  },
  firstUnlockDone: true,
  unlocked: true,
  lockout: noLockout(),
  language: languages[0],
  boots: 0,
  startedAt: 0,
  muted: false,
  updates: 0,
})

/** A PIN and one finger, as a new owner gives it: unlocked, nobody locked out. */
export const setUp = (phone: Phone, random: RepeatableRandom): void => {
  removeAllTemplates(phone)
  phone.rootSid = sid(random)
  enrolTemplate(phone, 'finger', random)
  phone.firstUnlockDone = true
  phone.unlocked = true
  phone.muted = false
  phone.updates = 0
  clearLockout(phone.lockout)
}

/** As `createPhone` and `setUp` make it, of the given kind. */
export const resetPhone = (phone: Phone, profile: AndroidProfile, random: RepeatableRandom): void => {
  phone.rules = profiles[profile].rules
  phone.language = languages[0]
  phone.boots = 0
  phone.startedAt = 0
  setUp(phone, random)
}

export const newRootSid = (phone: Phone, random: RepeatableRandom): void => {
  phone.rootSid = sid(random)
}

/** Enrolled strong sensors. What a key that is bound to enrolments holds, and what it is tested against. */
export const strongSids = ({ sensors }: Phone): readonly Sid[] =>
  sensorNames.flatMap((name) => {
    const sensor = sensors[name]
    return sensor.class === 3 && sensor.templates > 0 ? [sensor.authenticatorId] : []
  })

/**
 * Adds a template: the sensor's id is drawn anew. For a strong one so are those of all other strong sensors
 * (`invalidateAuthenticatorIds`).
 */
export const enrolTemplate = ({ sensors }: Phone, name: SensorName, random: RepeatableRandom): void => {
  sensors[name].templates += 1
  sensors[name].authenticatorId = sid(random)
  if (sensors[name].class !== 3) return
  for (const other of sensorNames) {
    const sensor = sensors[other]
    if (other !== name && sensor.class === 3 && sensor.templates > 0) sensor.authenticatorId = sid(random)
  }
}

export const removeAllTemplates = ({ sensors }: Phone): void => {
  for (const name of sensorNames) sensors[name].templates = 0
}

/** Sensors that a prompt of this class can use now. */
export const enrolledSensors = ({ sensors }: Phone, weakToo: boolean): readonly SensorName[] =>
  sensorNames.filter((name) => sensors[name].templates > 0 && (weakToo || sensors[name].class === 3))
