import type { Simulation } from './simulation.ts'
import type { Screen, View } from './view.ts'
import { laidOut } from './view.ts'

/** Fingers and PIN as the phone's owner knows them; the simulation knows only how many there are. */
export interface Owner {
  pin: string | null
  readonly fingers: Set<number>
}

type Page =
  | { readonly is: 'confirm-pin'; readonly then: 'enrol-introduction' | 'fingerprints'; readonly typed: string }
  | { readonly is: 'enrol-introduction' }
  | { readonly is: 'enrol-find-sensor' }
  | { readonly is: 'enrolling'; readonly touches: number }
  | { readonly is: 'enrol-finished' }
  | { readonly is: 'fingerprints' }
  | { readonly is: 'remove'; readonly finger: number }
  | { readonly is: 'no-screen-lock' }

/** The Settings app, as far as it has to do with fingers. */
export interface SettingsApp {
  /** Opens the page that an intent names; false where Settings has no such page here. */
  open(action: string): boolean
  screen(): Screen
  type(text: string): void
  enter(): void
  /** A finger on the sensor; false where nothing here listens. */
  touch(finger: number): boolean
  /** Back; false where that leaves Settings. */
  back(): boolean
}

/** Touches that an enrolment takes. An emulator's takes about as many. */
const touchesToEnrol = 4
const settings = 'com.android.settings'
const activities: Readonly<Record<Page['is'], string>> = {
  'confirm-pin': `${settings}/${settings}.password.ConfirmLockPassword`,
  'enrol-introduction': `${settings}/${settings}.biometrics.fingerprint.FingerprintEnrollIntroduction`,
  'enrol-find-sensor': `${settings}/${settings}.biometrics.fingerprint.FingerprintEnrollFindSensor`,
  enrolling: `${settings}/${settings}.biometrics.fingerprint.FingerprintEnrollEnrolling`,
  'enrol-finished': `${settings}/${settings}.biometrics.fingerprint.FingerprintEnrollFinish`,
  fingerprints: `${settings}/${settings}.biometrics.fingerprint.FingerprintSettings`,
  remove: `${settings}/${settings}.biometrics.fingerprint.FingerprintSettings`,
  'no-screen-lock': `${settings}/${settings}.password.ChooseLockGeneric`,
}

/** @param leave called when Settings closes itself */
export const createSettingsApp = (simulation: Simulation, owner: Owner, leave: () => void): SettingsApp => {
  let page: Page = { is: 'fingerprints' }
  const go = (to: Page) => () => {
    page = to
  }
  const confirmed = (then: 'enrol-introduction' | 'fingerprints'): Page =>
    owner.pin === null ? { is: 'no-screen-lock' } : { is: 'confirm-pin', then, typed: '' }
  const remove = (finger: number) => () => {
    if (simulation.act({ control: 'unenrol', which: 'one' })) owner.fingers.delete(finger)
    page = { is: 'fingerprints' }
  }
  const title = (text: string) => ({ class: 'TextView' as const, id: `${settings}:id/suc_layout_title`, text })
  const button = (text: string, tap: () => void) => ({ class: 'Button' as const, text, tap })

  const views = (): readonly View[] => {
    switch (page.is) {
      case 'confirm-pin':
        return laidOut([
          title('Confirm your PIN'),
          {
            class: 'EditText',
            id: `${settings}:id/password_entry`,
            text: '•'.repeat(page.typed.length),
            password: true,
          },
        ])
      case 'enrol-introduction':
        return laidOut([
          title('Set up your fingerprint'),
          { class: 'TextView', text: 'Your finger unlocks your phone and shows apps that it is you.' },
          button('Cancel', leave),
          button('I agree', go({ is: 'enrol-find-sensor' })),
        ])
      case 'enrol-find-sensor':
        return laidOut([
          title('Touch the sensor'),
          { class: 'TextView', text: "It's on the back of your phone." },
          button('Do it later', leave),
        ])
      case 'enrolling':
        return laidOut([
          title(page.touches === 0 ? 'Touch the sensor' : 'Lift, then touch again'),
          {
            class: 'ImageView',
            id: `${settings}:id/fingerprint_progress_bar`,
            text: '',
            description: `Enrolling fingerprint ${Math.round((100 * page.touches) / touchesToEnrol)} percent`,
          },
          button('Do it later', leave),
        ])
      case 'enrol-finished':
        return laidOut([title('Fingerprint added'), button('Done', leave)])
      case 'fingerprints':
        return laidOut([
          title('Fingerprint'),
          ...[...owner.fingers].flatMap((finger) => [
            { class: 'TextView' as const, id: 'android:id/title', text: `Finger ${finger}` },
            {
              class: 'ImageView' as const,
              id: `${settings}:id/delete_button`,
              text: '',
              description: 'Delete',
              tap: go({ is: 'remove', finger }),
            },
          ]),
          button('Add fingerprint', go({ is: 'enrol-introduction' })),
        ])
      case 'remove':
        return laidOut([
          { class: 'TextView', id: 'android:id/alertTitle', text: `Delete 'Finger ${page.finger}'` },
          { class: 'Button', id: 'android:id/button2', text: 'Cancel', tap: go({ is: 'fingerprints' }) },
          { class: 'Button', id: 'android:id/button1', text: 'Delete', tap: remove(page.finger) },
        ])
      case 'no-screen-lock':
        return laidOut([title('Choose a screen lock'), button('PIN', () => {}), button('Cancel', leave)])
    }
  }
  return {
    open(action) {
      if (action === 'android.settings.FINGERPRINT_ENROLL') page = confirmed('enrol-introduction')
      else if (action === 'android.settings.FINGERPRINT_SETTINGS') page = confirmed('fingerprints')
      else return false
      return true
    },
    screen: () => ({ window: activities[page.is], package: settings, views: views() }),
    type(text) {
      if (page.is === 'confirm-pin') page = { ...page, typed: page.typed + text }
    },
    enter() {
      if (page.is !== 'confirm-pin') return
      page = page.typed === owner.pin ? { is: page.then } : { ...page, typed: '' }
    },
    touch(finger) {
      if (page.is === 'enrol-find-sensor') {
        page = { is: 'enrolling', touches: 0 }
        return true
      }
      if (page.is !== 'enrolling') return false
      const touches = page.touches + 1
      if (touches < touchesToEnrol) page = { is: 'enrolling', touches }
      else if (owner.fingers.has(finger) || !simulation.act({ control: 'enrol', what: 'finger' })) leave()
      else {
        owner.fingers.add(finger)
        page = { is: 'enrol-finished' }
      }
      return true
    },
    back() {
      if (page.is !== 'remove') return false
      page = { is: 'fingerprints' }
      return true
    },
  }
}
