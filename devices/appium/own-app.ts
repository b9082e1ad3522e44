import type { AppArrival, AppUnderTest } from '../../harness/contract/app-under-test.ts'
import { installIfChanged } from './android/installed-apk.ts'
import { signatureOfApp } from './app-signature.ts'
import type { DriverSession } from './driver-session.ts'
import { digestOfApp } from './installed-app-digest.ts'
import type { OwnPhoneEntry } from './phone-entry.ts'

/** The app of an entry, and how it comes onto its phone. */
export interface OwnApp {
  /** Installs it where that is not the driver's to do. Asked once, of the first session. */
  bring(session: Pick<DriverSession, 'executeScript'>): Promise<void>
  told(): AppUnderTest
}

const platformOf = (entry: OwnPhoneEntry): 'android' | 'ios' =>
  entry.is === 'appium' ? entry.platform : entry.is === 'android-emulator' ? 'android' : 'ios'

/** What the driver is told to install; null where there is nothing, or we compare and install it. */
export const appForDriver = ({ app, ...entry }: OwnPhoneEntry): string | null => {
  if ('id' in app || app.install === 'never') return null
  if ('url' in app) return app.url
  const ours = platformOf({ app, ...entry } as OwnPhoneEntry) === 'android' && app.install !== 'always'
  return ours ? null : app.path
}

/** @throws PhoneUnavailable where its file is not there */
export const ownApp = async (entry: OwnPhoneEntry, id: string): Promise<OwnApp> => {
  const { app } = entry
  const sha256 = 'path' in app ? await digestOfApp(app.path) : null
  const why = 'url' in app ? 'the driver fetches it' : 'it was installed before'
  const signature = 'path' in app ? await signatureOfApp(app.path) : ({ is: 'unknown', why } as const)
  const byDriver = appForDriver(entry) !== null
  let arrival: AppArrival = byDriver ? 'driver' : 'there'
  return {
    async bring(session) {
      if (byDriver || !('path' in app) || app.install === 'never' || sha256 === null) return
      arrival = await installIfChanged(session, { id, path: app.path, sha256 })
    },
    told: () => ({ id, sha256, signature, arrival }),
  }
}
