import type { AndroidApp } from '../../../../harness/contract/platforms/android.ts'

/** What one process of an app runs beside its page, called by the page by name. */
export interface NativeSide {
  call(method: string, argument: unknown): Promise<unknown>
}

/** An app of the virtual phone: its page is shown in a webview, and its native side runs on the simulated platform. */
export interface InstalledApp {
  /** `dev.holdfast.app`. */
  readonly package: string
  readonly label: string
  readonly versionCode: number
  /** Files of its page by name; `index.html` is shown. */
  readonly files: ReadonlyMap<string, string>
  readonly start: (android: AndroidApp) => NativeSide
}
