import {
  type AndroidApp,
  authenticators,
  type Cipher,
  JavaThrowable,
} from '../../../harness/contract/platforms/android.ts'
import type { NativeSide } from './phone/installed-app.ts'

/** What probes ask the app's native side for, a word each, so that the phone is seen without any vault. */
export const probeVerbs = ['make', 'init', 'use', 'ask', 'heard', 'keep', 'kept', 'message', 'boot', 'log'] as const
export type ProbeVerb = (typeof probeVerbs)[number]

const ours = Uint8Array.of(0x70, 0x72, 0x6f, 0x62, 0x65)
const told = (error: unknown): string =>
  error instanceof JavaThrowable ? (error.className.split('.').at(-1) ?? '') : String(error)
const toldOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'answered', told)

/** Calls of our own to the platform, made as an app makes its. Each answers in a word or two. */
export const probeSide = (app: AndroidApp): NativeSide => {
  const heard: string[] = []
  let words = ''
  let cipher: Cipher | null = null
  const initialised = async (alias: string): Promise<Cipher> => {
    const key = await app.keyStore.getKey(alias)
    if (key === null) throw new Error('no key')
    const made = app.keyStore.cipher('AES/GCM/NoPadding')
    await made.init('encrypt', key)
    return made
  }
  const verbs: Readonly<Record<ProbeVerb, (argument: string) => Promise<string> | string>> = {
    // A key that asks a person for each use: bound to enrolments, or to the screen lock alone (`any`).
    make: (alias) =>
      toldOf(
        app.keyStore.generateKey({
          alias,
          transformation: 'AES/GCM/NoPadding',
          userAuthenticationRequired: true,
          invalidatedByBiometricEnrollment: !alias.startsWith('any'),
        }),
      ),
    async init(alias) {
      return toldOf(
        initialised(alias).then((made) => {
          cipher = made
        }),
      )
    },
    use: () => (cipher === null ? 'no cipher' : toldOf(cipher.doFinal(ours))),
    ask() {
      app
        .activity()
        .biometricPrompt({
          onAuthenticationSucceeded: () => heard.push('matched'),
          onAuthenticationError(code, text) {
            heard.push(`error ${code}`)
            words = text
          },
          onAuthenticationFailed: () => heard.push('missed'),
        })
        .authenticate(
          { title: 'Calibration', allowedAuthenticators: authenticators.strong, negativeButtonText: 'No' },
          cipher === null ? undefined : { cipher },
        )
      return 'asked'
    },
    heard: () => heard.splice(0).join(' '),
    keep: (value) => toldOf(app.sharedPreferences('probe').edit().putString('entry', value).commit()),
    // Before the first unlock it throws where it is opened already.
    async kept() {
      try {
        return (await app.sharedPreferences('probe').getString('entry')) ?? 'nothing'
      } catch (error) {
        return told(error)
      }
    },
    message: () => words,
    log(line) {
      app.log('probe', line)
      return 'logged'
    },
    boot: () => app.isUserUnlocked().then(String),
  }
  return {
    async call(verb, argument) {
      const doing = verbs[verb as ProbeVerb]
      if (doing === undefined) throw new Error(`there is no probe '${verb}'`)
      return doing(String(argument))
    },
  }
}
