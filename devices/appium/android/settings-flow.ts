import type { AndroidHand } from './android-hand.ts'

/** What the person knows and has: the PIN, and the number of a finger. */
export interface Enrolment {
  readonly pin: string
  readonly finger: number
}

/** Screens of Settings at most: it asks for a PIN, tells things, and wants the sensor touched again and again. */
const mostScreens = 30
/** Touches before the screen is read again. */
const touchesAtOnce = 3

/** Buttons that lead on, and the last one, as systems word them in the language that a phone begins with. */
const onward = /^(more|i agree|agree|next|start|continue|ok|got it)$/i
const finished = /^done$/i
const sensor = /touch the sensor|lift, then touch/i

/**
 * Enrols a finger as a person does: through the Settings, by the PIN, and by touching the sensor until it has seen enough.
 * False where the Settings take no more.
 * @param before how many are enrolled
 */
export const enrolThroughSettings = async (
  hand: AndroidHand,
  { pin, finger }: Enrolment,
  before: number,
): Promise<boolean> => {
  await hand.shell('am start -a android.settings.FINGERPRINT_ENROLL')
  for (let screen = 0; screen < mostScreens; screen++) {
    const nodes = await hand.screen()
    const button = (words: RegExp) => nodes.find(({ text, clickable }) => clickable && words.test(text))
    const [done, on] = [button(finished), button(onward)]
    if (nodes.some(({ id }) => id.endsWith('/password_entry'))) await hand.enter(pin)
    else if (done !== undefined) {
      await hand.tap(done)
      break
    } else if (nodes.some(({ id, text }) => sensor.test(text) || id.endsWith('/fingerprint_progress_bar')))
      for (let touches = 0; touches < touchesAtOnce; touches++) await hand.touch(finger)
    else if (on !== undefined) await hand.tap(on)
    else break
  }
  return (await hand.state()).fingers > before
}

/** Removes fingers in the Settings until so many are left. False where it could not. */
export const removeThroughSettings = async (hand: AndroidHand, pin: string, left: number): Promise<boolean> => {
  await hand.shell('am start -a android.settings.FINGERPRINT_SETTINGS')
  for (let screen = 0; screen < mostScreens; screen++) {
    const nodes = await hand.screen()
    const deletes = nodes.filter(({ id }) => id === 'com.android.settings:id/delete_button')
    const [first] = deletes
    const confirm = nodes.find(({ id }) => id === 'android:id/button1')
    if (nodes.some(({ id }) => id.endsWith('/password_entry'))) await hand.enter(pin)
    else if (confirm !== undefined) await hand.tap(confirm)
    else if (deletes.length <= left) return true
    else if (first !== undefined) await hand.tap(first)
  }
  return false
}
