import type { AndroidApp } from '../../../../harness/contract/platforms/android.ts'
import type { NativeSide } from '../../plugin-side.ts'

export type { NativeSide } from '../../plugin-side.ts'

/** An app of the virtual phone: its page is shown in a webview, and its native side runs on the simulated platform. */
export interface InstalledApp {
  /** `dev.holdfast.app`. */
  readonly package: string
  readonly label: string
  readonly versionCode: number
  /** Files of its page by name; `index.html` is shown. */
  readonly files: ReadonlyMap<string, string>
  /** @param extras texts of the intent that its process is started by */
  readonly start: (android: AndroidApp, extras: Readonly<Record<string, string>>) => NativeSide
}
