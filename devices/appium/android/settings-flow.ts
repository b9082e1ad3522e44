import type { AndroidHand } from './android-hand.ts'

/** What the person knows and has: the PIN, and the number of a finger. */
export interface Enrolment {
  readonly pin: string
  readonly finger: number
}

/** Steps of Settings at most: it asks for a PIN, tells things, and wants the sensor touched again and again. */
const mostSteps = 40

/** Buttons that lead on, as systems word them in the language that a phone begins with. */
const onward = 'new UiSelector().textMatches("(?i)(more|i agree|agree|next|start|continue|ok|got it)").clickable(true)'
const finished = 'new UiSelector().textMatches("(?i)done").clickable(true)'

/**
 * Enrols a finger as a person does: through the Settings, by the PIN, and by touching the sensor until it has seen enough.
 * False where the Settings take no more.
 */
export const enrolThroughSettings = async (hand: AndroidHand, { pin, finger }: Enrolment): Promise<boolean> => {
  const before = (await hand.state()).fingers
  await hand.shell('am start -a android.settings.FINGERPRINT_ENROLL')
  for (let step = 0; step < mostSteps; step++) {
    const source = await hand.source()
    if (source.includes('password_entry')) await hand.enter(pin)
    else if (/text="done"/i.test(source)) {
      await hand.tap('-android uiautomator', finished)
      break
    } else if (/touch the sensor|lift, then touch|fingerprint_progress_bar/i.test(source)) await hand.touch(finger)
    else if (!(await hand.tap('-android uiautomator', onward))) break
  }
  return (await hand.state()).fingers > before
}

/** Removes fingers in the Settings until so many are left. False where it could not. */
export const removeThroughSettings = async (hand: AndroidHand, pin: string, left: number): Promise<boolean> => {
  await hand.shell('am start -a android.settings.FINGERPRINT_SETTINGS')
  for (let step = 0; step < mostSteps; step++) {
    const source = await hand.source()
    if (source.includes('password_entry')) await hand.enter(pin)
    else if (source.includes('android:id/button1')) await hand.tap('id', 'android:id/button1')
    else if ((await hand.state()).fingers <= left) return true
    else if (!(await hand.tap('id', 'com.android.settings:id/delete_button'))) return false
  }
  return false
}
