import type { Prompts } from '../../../harness/contract/device.ts'
import type { CryptoObject, PromptInfo } from '../../../harness/contract/platforms/android.ts'
import type { PromptPhase } from '../../../harness/contract/prompt.ts'
import type { VirtualClock } from '../../simulation/clock.ts'
import { read } from './biometric-manager.ts'
import type { Keystore } from './keystore.ts'
import { clearLockout, countMiss, lockedOut } from './lockout.ts'
import { enrolledSensors, type Phone, type SensorName } from './phone.ts'
import type { TextName } from './texts.ts'

/** `code` is that of `onAuthenticationError`. */
export interface PromptError {
  readonly code: number
  readonly text: TextName
}
/** Who showed a prompt, and hears how it ended. */
export interface PromptOwner {
  promptSucceeded(crypto: CryptoObject | null): void
  promptFailed(error: PromptError): void
  promptMissed(): void
}
/** What an app asks the system to show. `challenge`: of the operation that its CryptoObject holds. */
export interface PromptRequest {
  readonly owner: PromptOwner
  readonly info: PromptInfo
  readonly crypto: CryptoObject | null
  readonly challenge: string | null
}
/** A prompt as a person sees it. `sensors`: those that it listens to; none where it takes the PIN alone. */
export interface PromptOnScreen {
  /** Counts prompts since `reset`. */
  readonly id: number
  readonly info: PromptInfo
  readonly sensors: readonly SensorName[]
  readonly takesPin: boolean
}
/** The system's side of prompts: one at a time, whoever asks. */
export interface BiometricService extends Prompts {
  show(request: PromptRequest): void
  touch(finger: 'right' | 'wrong'): boolean
  /** The person dismisses it, or chooses its other button. */
  cancel(by: 'dismissal' | 'button'): boolean
  /** The app takes down what it showed. */
  cancelledByApp(owner: PromptOwner): void
  /** The system takes it down: the app left the foreground. */
  takeDown(): boolean
  timeOut(): boolean
  /** The app's callback is called as if somebody had matched; the keystore knows of nobody. */
  forge(): boolean
  /** It is gone, and nobody is ever told. */
  lose(owner: PromptOwner): void
  /** The person enters the PIN where the prompt takes it. */
  enterPin(): boolean
  /** What is on the screen; null where no prompt is. */
  current(): PromptOnScreen | null
  /** Whether any prompt was shown since `reset`. */
  anyShown(): boolean
  reset(): void
}

export const promptTimeoutMs = 30_000

interface Shown {
  readonly id: number
  readonly request: PromptRequest
  /** Sensors that it listens to; none where it takes the PIN alone. */
  readonly sensors: readonly SensorName[]
  readonly takesPin: boolean
  readonly stopTimer: () => void
}

/** How a prompt ends without a match: what is seen of it, and what the app is told. */
const errors = {
  'timed-out': { code: 3, text: 'prompt-timeout' },
  'system-cancelled': { code: 5, text: 'prompt-canceled' },
  'app-cancelled': { code: 5, text: 'prompt-canceled' },
  'locked-out': { code: 7, text: 'prompt-lockout' },
  'locked-out-for-good': { code: 9, text: 'prompt-lockout-permanent' },
  dismissed: { code: 10, text: 'prompt-user-canceled' },
  button: { code: 13, text: 'prompt-user-canceled' },
} as const satisfies Partial<Record<PromptPhase, PromptError>>
const lockoutPhase = { temporary: 'locked-out', permanent: 'locked-out-for-good' } as const

export const createBiometricService = (phone: Phone, keystore: Keystore, clock: VirtualClock): BiometricService => {
  let listen: (prompt: number, phase: PromptPhase) => void = () => {}
  let up: Shown | null = null
  let shown = 0

  const locked = () => lockedOut(phone.lockout, clock.elapsed())
  /** Takes down what is up, and says so. Null where nothing is. */
  const down = (phase: PromptPhase): Shown | null => {
    const ended = up
    if (ended === null) return null
    up = null
    ended.stopTimer()
    listen(ended.id, phase)
    return ended
  }
  const fail = (phase: keyof typeof errors): boolean => {
    const ended = down(phase)
    if (ended === null) return false
    ended.request.owner.promptFailed(errors[phase])
    return true
  }
  const succeed = (phase: 'matched' | 'forged'): boolean => {
    const ended = down(phase)
    if (ended === null) return false
    ended.request.owner.promptSucceeded(ended.request.crypto)
    return true
  }
  const token = (by: 'biometric' | 'credential', sensor: SensorName | null, challenge: string | null) => {
    const { rootSid, sensors } = phone
    if (rootSid === null || (sensor !== null && sensors[sensor].class !== 3)) return
    const authenticatorSid = sensor === null ? null : sensors[sensor].authenticatorId
    keystore.addToken({ challenge, userSid: rootSid, authenticatorSid, by, at: clock.elapsed() })
  }
  const match = (): boolean => {
    const [sensor] = up?.sensors ?? []
    if (up === null || sensor === undefined) return false
    clearLockout(phone.lockout)
    token('biometric', sensor, up.request.challenge)
    return succeed('matched')
  }
  const miss = (): boolean => {
    if (up === null || up.sensors.length === 0) return false
    const outcome = countMiss(phone.lockout, clock.elapsed())
    listen(up.id, 'missed')
    up.request.owner.promptMissed()
    if (outcome === 'no') return true
    // Where the PIN will do, the prompt goes on asking for it.
    if (up.takesPin) up = { ...up, sensors: [] }
    else fail(lockoutPhase[outcome])
    return true
  }
  const enterPin = (): boolean => {
    if (up?.takesPin !== true) return false
    clearLockout(phone.lockout)
    token('credential', null, up.request.challenge)
    return succeed('matched')
  }

  return {
    show(request) {
      // androidx shows no second prompt, and tells nobody so.
      if (up !== null) return
      const { owner, info } = request
      const { biometric, weakToo, credential } = read(info.allowedAuthenticators)
      if (!phone.unlocked) return owner.promptFailed(errors['system-cancelled'])
      const takesPin = credential && phone.rootSid !== null
      const enrolled = biometric ? enrolledSensors(phone, weakToo) : []
      if (enrolled.length === 0 && !takesPin)
        return credential
          ? owner.promptFailed({ code: 14, text: 'prompt-no-credential' })
          : owner.promptFailed({ code: 11, text: 'prompt-no-biometrics' })
      const out = locked()
      if (out !== 'no' && !takesPin) return owner.promptFailed(errors[lockoutPhase[out]])
      const stopTimer = clock.at(promptTimeoutMs, () => fail('timed-out'))
      up = { id: shown++, request, sensors: out === 'no' ? enrolled : [], takesPin, stopTimer }
      listen(up.id, 'shown')
    },
    touch: (finger) => (finger === 'right' ? match() : miss()),
    cancel(by) {
      // With the device credential its other button leads to the PIN and ends nothing.
      if (by === 'button' && up?.takesPin !== false) return false
      return fail(by === 'button' ? 'button' : 'dismissed')
    },
    cancelledByApp(owner) {
      if (up?.request.owner === owner) fail('app-cancelled')
    },
    takeDown: () => fail('system-cancelled'),
    timeOut: () => fail('timed-out'),
    forge: () => succeed('forged'),
    lose(owner) {
      if (up?.request.owner === owner) down('lost')
    },
    up: () => up !== null,
    answer: () => match() || enterPin(),
    enterPin,
    current: () =>
      up === null ? null : { id: up.id, info: up.request.info, sensors: up.sensors, takesPin: up.takesPin },
    onPhase(listener) {
      listen = listener
    },
    anyShown: () => shown > 0,
    reset() {
      if (up !== null) up = null
      shown = 0
    },
  }
}
