import type {
  Activity,
  AndroidApp,
  AuthenticationCallback,
  SharedPreferences,
} from '../../../harness/contract/platforms/android.ts'
import type { VirtualClock } from '../../simulation/clock.ts'
import type { RepeatableRandom } from '../../simulation/random.ts'
import type { Seam } from '../../simulation/seam.ts'
import { createActivity } from './activity.ts'
import { createAndroidKeyStore } from './android-key-store.ts'
import type { AppData, Storage } from './app-data.ts'
import { createAtomicFiles } from './atomic-files.ts'
import { buttonLabel, canAuthenticate } from './biometric-manager.ts'
import type { BiometricService, PromptOwner } from './biometric-service.ts'
import type { Keystore } from './keystore.ts'
import { keystoreThrowing } from './keystore-throwing.ts'
import { createLooper } from './looper.ts'
import type { MisuseRecord } from './misuse.ts'
import type { Phone } from './phone.ts'
import { createSharedPreferences } from './shared-preferences.ts'
import { type TextName, texts } from './texts.ts'
import type { Thrown } from './throwing.ts'

/** One process of the app, as the system deals with it. */
export interface AppProcess {
  readonly app: AndroidApp
  /** The activity is made anew, on the main looper. */
  rotate(): void
  /** Whether its main thread waits for something. */
  readonly held: boolean
  /** Nothing that it waits for ever comes. */
  end(): void
}

/** The phone that a process runs on. */
export interface Host {
  readonly phone: Phone
  readonly keystore: Keystore
  readonly service: BiometricService
  readonly data: AppData
  readonly clock: VirtualClock
  readonly random: RepeatableRandom
  readonly seam: Seam
  readonly misuse: MisuseRecord
  readonly thrown: Thrown
  readonly log: (line: string) => void
  /** Nothing caught what was thrown: the process is dead. */
  readonly fell: () => void
}

const never = (): Promise<never> => new Promise(() => {})

export const startProcess = (host: Host): AppProcess => {
  const { phone, keystore, service, data, clock, random, seam, misuse, thrown } = host
  const born = seam.generation()
  let ended = false
  const alive = () => !ended && seam.alive() && seam.generation() === born
  const pass = <T>(effect: () => T): Promise<T> => (alive() ? seam.pass(effect) : never())

  const log = (tag: string, line: string) => {
    if (alive()) host.log(`${tag}: ${line}`)
  }
  const uncaught = (error: unknown) => {
    if (!alive()) return
    log('AndroidRuntime', `FATAL EXCEPTION: ${String(error)}`)
    host.fell()
  }
  const post = (effect: () => void, later: boolean): Promise<void> =>
    later && alive() ? seam.later(effect) : pass(effect)
  const main = createLooper(post, uncaught)
  const queuedWork = createLooper(post, uncaught)

  let onCreated: (activity: Activity) => void = () => {}
  let activities = 0
  const newActivity = () =>
    createActivity(activities++, {
      misuse,
      thrown,
      api: () => phone.rules.api,
      show: (info, crypto, challenge) => main.request(() => service.show({ owner, info, crypto, challenge })),
      cancel: () => main.request(() => service.cancelledByApp(owner)),
    })
  let activity = newActivity()
  const tell = (how: (callback: AuthenticationCallback) => unknown) =>
    main.post(() => {
      const callback = activity.callback()
      return callback === null ? undefined : how(callback)
    })
  // Results of prompts are told on the main looper, to the callback that is the activity's last by then.
  const owner: PromptOwner = {
    promptSucceeded: (cryptoObject) => tell((callback) => callback.onAuthenticationSucceeded({ cryptoObject })),
    promptFailed: ({ code, text }) =>
      tell((callback) => callback.onAuthenticationError(code, texts[text][phone.language])),
    promptMissed: () => tell((callback) => callback.onAuthenticationFailed?.()),
  }

  const openable = (storage: Storage, locked: TextName) => {
    if (storage === 'credential' && !phone.firstUnlockDone) throw thrown('IllegalState', locked)
  }
  const opened = new Map<string, SharedPreferences>()
  const open = (name: string, storage: Storage): SharedPreferences =>
    createSharedPreferences(
      {
        read: () => data.preferences(storage, name),
        write: (entries) => data.writePreferences(storage, name, entries),
      },
      pass,
      queuedWork,
    )

  const app: AndroidApp = {
    get sdkInt() {
      return phone.rules.api
    },
    versionCode: data.version,
    keyStore: createAndroidKeyStore({
      phone,
      keystore,
      thrown,
      refused: keystoreThrowing(thrown, phone),
      misuse,
      pass,
    }),
    biometricManager: {
      canAuthenticate: (wanted) => pass(() => canAuthenticate(wanted, phone)),
      buttonLabel: (wanted) => pass(() => buttonLabel(wanted, phone)),
    },
    keyguardManager: {
      isDeviceSecure: () => pass(() => phone.rootSid !== null),
      isDeviceLocked: () => pass(() => !phone.unlocked),
    },
    isUserUnlocked: () => pass(() => phone.firstUnlockDone),
    activity: () => activity.port,
    onActivityCreated(listen) {
      onCreated = listen
    },
    sharedPreferences(name, storage = 'credential') {
      const key = `${storage}/${name}`
      const known = opened.get(key)
      if (known !== undefined) return known
      openable(storage, 'storage-locked')
      const preferences = open(name, storage)
      opened.set(key, preferences)
      return preferences
    },
    noBackupFiles: createAtomicFiles(data.noBackup, () => openable('credential', 'files-locked'), pass),
    currentTimeMillis: clock.port.now,
    elapsedRealtime: () => clock.elapsed() - phone.startedAt,
    postDelayed(ms, run) {
      let takenBack = false
      const due = () => main.post(() => (takenBack ? undefined : run()))
      const takeBack = ms > 0 ? clock.at(ms, due) : due()
      return () => {
        takenBack = true
        takeBack?.()
      }
    },
    randomBytes: (size) => random.port.bytes(size),
    log,
  }
  return {
    app,
    get held() {
      return main.held
    },
    rotate: () =>
      main.post(() => {
        activity.destroy()
        activity = newActivity()
        const created: unknown = onCreated(activity.port)
        // Nobody in the new activity waits for the prompt that the old one showed.
        if (activity.callback() === null) service.lose(owner)
        return created
      }),
    end() {
      if (ended) return
      ended = true
      service.lose(owner)
    },
  }
}
