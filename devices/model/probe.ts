import type { Control } from '../../harness/contract/controls.ts'
import type { Effects } from '../../harness/contract/device.ts'
import type { FacetState } from '../../harness/contract/environment.ts'
import { type DesktopPorts, KeyringError } from '../../harness/contract/platforms/desktop.ts'
import type { Settling } from '../simulation/settling.ts'
import type { Calibrated } from './calibration.ts'

/** What a probe works with: a freshly restored device and ports of its own. */
export interface Bench {
  readonly device: Calibrated
  readonly effects: Effects
  readonly ports: DesktopPorts
  readonly namespace: string
}
/** Looks at one facet by calls of our own, and says what it saw. */
export type Probe = (bench: Bench) => Promise<FacetState>

export const ours = Uint8Array.of(0x70, 0x72, 0x6f, 0x62, 0x65)
export const newer = Uint8Array.of(0x6e, 0x65, 0x77)

export const proven = (evidence: string): FacetState => ({ is: 'proven', evidence })
export const disproven = (evidence: string): FacetState => ({ is: 'disproven', evidence })

export const same = (seen: Settling<Uint8Array | null>, wanted: Uint8Array): boolean =>
  seen.is === 'answered' && seen.value !== null && Buffer.compare(seen.value, wanted) === 0
export const failedWith = (seen: Settling<unknown>, kind: KeyringError['kind']): boolean =>
  seen.is === 'failed' && seen.error instanceof KeyringError && seen.error.kind === kind
export const told = (seen: Settling<unknown>): string => {
  if (seen.is === 'waiting') return 'never answered'
  if (seen.is === 'failed') return seen.error instanceof KeyringError ? `failed (${seen.error.kind})` : 'failed'
  if (seen.value instanceof Uint8Array) return `gave ${seen.value.byteLength} bytes`
  return `answered ${JSON.stringify(seen.value)}`
}

/** Applies a control and says so if the device would not. */
export const must = async ({ device }: Bench, control: Control): Promise<void> => {
  const result = await device.apply(control)
  if (result !== 'done') throw new Error(`the device skipped '${control.control}'`)
}
export const item = (bench: Bench, account: string) => ({ service: bench.namespace, account })
