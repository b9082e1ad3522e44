import type { IosApp } from '../../../../harness/contract/platforms/ios.ts'
import type { NativeSide } from '../../plugin-side.ts'

/** An app of the virtual iPhone: its page is shown in a web view, and its native side runs on the simulated platform. */
export interface InstalledIosApp {
  /** `dev.holdfast.app`. */
  readonly bundleId: string
  readonly label: string
  /** Files of its page by name; `index.html` is shown. */
  readonly files: ReadonlyMap<string, string>
  /** @param environment what the process is started with */
  readonly start: (ios: IosApp, environment: Readonly<Record<string, string>>) => NativeSide
}
