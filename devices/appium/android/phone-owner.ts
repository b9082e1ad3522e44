import { type Applied, done, skipped } from '../driven-phone.ts'
import type { AppSession } from './app-session.ts'
import type { PhoneState } from './phone-state.ts'
import { enrolThroughSettings, removeThroughSettings } from './settings-flow.ts'

/** Who has the phone: knows its PIN and has its fingers, and does with them what a person does. */
export interface PhoneOwner {
  enrol(): Promise<Applied>
  /** Until so many fingers are left. */
  unenrol(which: 'one' | 'all'): Promise<Applied>
  touch(finger: 'right' | 'wrong'): Promise<Applied>
  /** Touches the sensor with strangers' fingers where another prompt than the app's is up. */
  lockOut(): Promise<Applied>
  answerPrompt(): Promise<boolean>
  lockScreen(): Promise<Applied>
  unlockScreen(): Promise<Applied>
  /** Without asking whether it is locked. */
  enterPin(): Promise<void>
  changePin(): Promise<Applied>
  removePin(): Promise<Applied>
  setPin(): Promise<Applied>
  /** Another phone is in its place, with the PIN and the finger of the beginning. */
  isNew(): void
  /** One finger and the PIN of the beginning, the screen unlocked and nobody locked out. */
  restore(state: PhoneState): Promise<void>
}

const first = 1
const stranger = 99
const mostFingers = 5
/** How long a prompt takes to go once it was answered. Milliseconds. */
const goesMs = 1500
/** Wrong touches until the sensor is locked out for a while. */
const missesToLockout = 5
const takenDown: Applied = { result: 'done', prompt: 'system-cancelled' }

/** @param usualPin of the phone as it is at the beginning, when one finger is enrolled */
export const phoneOwner = (app: AppSession, usualPin: string): PhoneOwner => {
  const { hand } = app
  let fingers = [first]
  let pin: string | null = usualPin
  /** Whether strangers touched the sensor since the last unlocking. */
  let missed = false

  /** Something done in the Settings: the app leaves the front, and comes back after it. */
  const inSettings = async (act: (before: PhoneState) => Promise<boolean>): Promise<Applied> => {
    const before = await hand.state()
    if (before.keyguard) return skipped
    const was = await act(before)
    await app.backToApp()
    return was ? takenDown : skipped
  }
  const enrol = (finger: number) => async (before: Pick<PhoneState, 'fingers'>) => {
    if (pin === null || fingers.length >= mostFingers) return false
    const was = await enrolThroughSettings(hand, { pin, finger }, before.fingers)
    if (was) fingers = [...fingers, finger]
    return was
  }
  const unenrol = (left: number) => async () => {
    if (pin === null || fingers.length <= left) return false
    const was = await removeThroughSettings(hand, pin, left)
    // Settings lists them in order, and the first delete is the first finger's.
    if (was) fingers = fingers.slice(fingers.length - left)
    return was
  }
  const setPin = async (line: string, to: string | null) => {
    if (!/Pin set|cleared/.test(await hand.shell(`locksettings ${line}`))) return false
    pin = to
    return true
  }
  const setAgain = async () =>
    pin === null && (await setPin(`set-pin ${usualPin}`, usualPin)) && (await enrol(first)({ fingers: 0 }))
  const enterPin = async () => {
    await hand.shell(`input keyevent 224; wm dismiss-keyguard; input text ${pin}; input keyevent 66`)
    missed = false
  }
  const sleep = () => hand.shell('input keyevent 223')
  const touch = async (finger: 'right' | 'wrong'): Promise<Applied> => {
    const before = await hand.state()
    const id = finger === 'right' ? fingers[0] : stranger
    if (before.prompt === null || id === undefined) return skipped
    await hand.touch(id)
    const seen = ({ prompt, rejected }: PhoneState) => prompt !== before.prompt || rejected > before.rejected
    const after = await hand.stateOnce(seen, goesMs)
    if (finger === 'right') return after.prompt === before.prompt ? skipped : { result: 'done', prompt: 'matched' }
    if (after.rejected <= before.rejected) return skipped
    missed = true
    return { result: 'done', missed, prompt: 'locked-out' }
  }
  return {
    enrol: () => inSettings(enrol(Math.max(0, ...fingers) + 1)),
    unenrol: (which) => inSettings(unenrol(which === 'all' ? 0 : fingers.length - 1)),
    touch,
    async lockOut() {
      const before = await hand.state()
      if (before.lockedOut || before.keyguard || fingers.length === 0) return skipped
      missed = true
      await hand.shell('am start -a android.app.action.CONFIRM_DEVICE_CREDENTIAL')
      for (let misses = 0; misses < missesToLockout; misses++) await hand.touch(stranger)
      const { lockedOut } = await hand.state()
      await hand.shell('input keyevent 4')
      await app.backToApp()
      return lockedOut ? takenDown : skipped
    },
    async answerPrompt() {
      if ((await touch('right')).prompt !== undefined) return true
      const before = await hand.state()
      if (before.prompt === null || pin === null) return before.prompt === null
      await hand.enter(pin)
      return (await hand.stateOnce(({ prompt }) => prompt !== before.prompt, goesMs)).prompt !== before.prompt
    },
    async lockScreen() {
      if (pin === null || (await hand.state()).keyguard) return skipped
      await sleep()
      return takenDown
    },
    async unlockScreen() {
      if (!(await hand.state()).keyguard) return skipped
      await enterPin()
      return done
    },
    enterPin,
    async changePin() {
      if (pin === null) return skipped
      const next = pin === usualPin ? `${usualPin}7` : usualPin
      return inSettings(() => setPin(`set-pin --old ${pin} ${next}`, next))
    },
    removePin: () =>
      inSettings(async () => {
        const was = pin !== null && (await setPin(`clear --old ${pin}`, null))
        if (was) fingers = []
        return was
      }),
    setPin: () => inSettings(setAgain),
    isNew() {
      fingers = [first]
      pin = usualPin
      missed = false
    },
    async restore(state) {
      const asBefore = fingers.length === 1 && pin === usualPin && !missed && !state.keyguard && state.fingers === 1
      if (asBefore) return
      if (state.keyguard) await enterPin()
      if (pin !== null && pin !== usualPin) await setPin(`set-pin --old ${pin} ${usualPin}`, usualPin)
      if (pin === null) await inSettings(setAgain)
      else if (fingers.length === 0) await inSettings(enrol(first))
      else if (fingers.length > 1) await inSettings(unenrol(1))
      // The PIN on the lock screen ends a lockout, and forgets what was counted on the way to one.
      if (missed) {
        await sleep()
        await enterPin()
      }
      if ((await hand.state()).fingers !== 1 || pin !== usualPin)
        throw new Error('the phone could not be put back to one finger and its PIN: do that by hand')
    },
  }
}
