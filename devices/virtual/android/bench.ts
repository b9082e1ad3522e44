import type { Control } from '../../../harness/contract/controls.ts'
import type { Device, Effects, Prompts } from '../../../harness/contract/device.ts'
import {
  type AndroidApp,
  authenticators,
  type Cipher,
  JavaThrowable,
  type KeyGenParameterSpec,
  type PromptInfo,
} from '../../../harness/contract/platforms/android.ts'
import type { PromptPhase } from '../../../harness/contract/prompt.ts'
import { type Settling, settling } from '../../simulation/settling.ts'

/** What calibration looks at: a phone behind a numbered seam, with a person played by us. */
export type Calibrated = Omit<Device, 'calibrate'>

/** What a probe works with: a freshly restored phone. */
export interface Bench {
  readonly device: Calibrated
  readonly effects: Effects
  readonly prompts: Prompts
  /** What was seen of prompts since the device was restored, in order. */
  readonly phases: readonly PromptPhase[]
  /** Starts a process of the app; the one before is dead. */
  start(): AndroidApp
}

/** @throws Error when the device gives no phone, no seam or no prompts: there is nothing to probe */
export const benchOf = (device: Calibrated): Bench => {
  const { android, effects, prompts } = device
  if (android === undefined || effects === undefined || prompts === undefined)
    throw new Error(`device '${device.name}' cannot be calibrated here: it gives no phone, no seam or no prompts`)
  const phases: PromptPhase[] = []
  prompts.onPhase((_prompt, phase) => phases.push(phase))
  return { device, effects, prompts, phases, start: () => android('holdfast-calibration') }
}

/** Applies a control and says so if the device would not. */
export const must = async ({ device }: Bench, control: Control): Promise<void> => {
  const result = await device.apply(control)
  if (result !== 'done') throw new Error(`the device skipped '${control.control}'`)
}

/** What came of something, in a word: the class that was thrown, without its package. */
export const told = (seen: Settling<unknown>): string => {
  if (seen.is === 'waiting') return 'never answered'
  if (seen.is === 'answered') return 'answered'
  return seen.error instanceof JavaThrowable ? (seen.error.className.split('.').at(-1) ?? '') : String(seen.error)
}
export const toldOf = async (promise: Promise<unknown>): Promise<string> => told(await settling(promise))

/** The answer. @throws what was thrown, or Error where it is never answered: a probe never hangs */
export const got = async <T>(promise: Promise<T>): Promise<T> => {
  const seen = await settling(promise)
  if (seen.is === 'answered') return seen.value
  throw seen.is === 'failed' ? seen.error : new Error('a call was never answered')
}

/** Lets everything happen that happens by itself. */
export const quiet = (): Promise<unknown> => settling(new Promise(() => {}))

export const strongPrompt: PromptInfo = {
  title: 'Calibration',
  allowedAuthenticators: authenticators.strong,
  negativeButtonText: 'No',
}

/** Shows a prompt, on the activity that is there now. What its callback hears is added to `heard`. */
export const ask = async (app: AndroidApp, cipher?: Cipher, info: PromptInfo = strongPrompt) => {
  const heard: string[] = []
  const texts: string[] = []
  const prompt = app.activity().biometricPrompt({
    onAuthenticationSucceeded: () => heard.push('matched'),
    onAuthenticationError(code, text) {
      heard.push(`error ${code}`)
      texts.push(text)
    },
    onAuthenticationFailed: () => heard.push('missed'),
  })
  prompt.authenticate(info, cipher === undefined ? undefined : { cipher })
  await quiet()
  return { heard, texts, prompt }
}

/** A key that asks a person for each use and that an enrolment invalidates, unless the specification says otherwise. */
export const boundKey = (alias: string, more: Partial<KeyGenParameterSpec> = {}): KeyGenParameterSpec => ({
  alias,
  transformation: 'AES/GCM/NoPadding',
  userAuthenticationRequired: true,
  ...more,
})

/** A cipher of a new key, ready to encrypt. */
export const begun = async (app: AndroidApp, spec: KeyGenParameterSpec): Promise<Cipher> => {
  const cipher = app.keyStore.cipher(spec.transformation)
  await got(cipher.init('encrypt', await got(app.keyStore.generateKey(spec))))
  return cipher
}
/** What `getKey` and then `Cipher.init` say of a key now: `no key`, the class that was thrown, or `answered`. */
export const initTold = async (app: AndroidApp, alias: string): Promise<string> => {
  const key = await settling(app.keyStore.getKey(alias))
  if (key.is !== 'answered') return told(key)
  if (key.value === null) return 'no key'
  return toldOf(app.keyStore.cipher('AES/GCM/NoPadding').init('encrypt', key.value))
}
