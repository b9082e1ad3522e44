import type { PromptOnScreen } from '../../../virtual/android/biometric-service.ts'
import type { Simulation } from './simulation.ts'
import { laidOut, type Screen } from './view.ts'

const systemUi = 'com.android.systemui'

/** The keyguard: the clock, or the pad that takes the PIN. */
export const keyguard = (typed: string): Screen => ({
  window: 'NotificationShade',
  package: systemUi,
  views: laidOut([
    { class: 'TextView', id: `${systemUi}:id/keyguard_clock_container`, text: '09:41' },
    { class: 'TextView', id: `${systemUi}:id/keyguard_message_area`, text: 'Enter PIN' },
    { class: 'EditText', id: `${systemUi}:id/pinEntry`, text: '•'.repeat(typed.length), password: true },
  ]),
})

export const darkScreen: Screen = { window: 'NotificationShade', package: systemUi, views: [] }

export const homeScreen = (label: string, open: () => void): Screen => ({
  window: 'com.android.launcher3/com.android.launcher3.uioverrides.QuickstepLauncher',
  package: 'com.android.launcher3',
  views: laidOut([{ class: 'TextView', text: label, description: label, tap: open }], 1800),
})

/** A prompt for a finger, or for the PIN where no finger will do. `typed`: of the PIN. */
export const promptScreen = (
  { info, sensors, takesPin }: PromptOnScreen,
  { host }: Simulation,
  missed: boolean,
  typed: string,
): Screen => {
  const title = { class: 'TextView', id: `${systemUi}:id/title`, text: info.title } as const
  const views =
    sensors.length === 0
      ? laidOut(
          [
            title,
            { class: 'EditText', id: `${systemUi}:id/lockPassword`, text: '•'.repeat(typed.length), password: true },
          ],
          1400,
        )
      : laidOut(
          [
            title,
            { class: 'ImageView', id: `${systemUi}:id/biometric_icon`, text: '', description: 'Fingerprint icon' },
            {
              class: 'TextView',
              id: `${systemUi}:id/indicator`,
              text: missed ? 'Not recognized' : 'Touch the fingerprint sensor',
            },
            takesPin
              ? { class: 'Button', id: `${systemUi}:id/button_use_credential`, text: 'Use PIN' }
              : {
                  class: 'Button',
                  id: `${systemUi}:id/button_negative`,
                  text: info.negativeButtonText ?? 'Cancel',
                  tap: () => {
                    host.service.cancel('button')
                  },
                },
          ],
          1400,
        )
  return { window: 'BiometricPrompt', package: systemUi, views }
}
