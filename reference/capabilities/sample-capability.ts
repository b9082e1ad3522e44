import type { Caller } from './caller.ts'
import { type Capability, capabilitySchema } from './capability.ts'

/** A capability for tests: window `main`, and what is given. */
export const capability = (given: object = {}): Capability =>
  capabilitySchema.parse({ identifier: 'main', windows: ['main'], permissions: [], ...given })

/** The app's own page in a window with one webview of the same label. */
export const page = (label: string, url = 'tauri://localhost/'): Caller => ({ window: label, webview: label, url })
