import type { Control } from '../../../harness/contract/controls.ts'
import type { Effects, Prompts } from '../../../harness/contract/device.ts'
import type { FacetState } from '../../../harness/contract/environment.ts'
import type { Accessibility, IosApp, KeychainQuery } from '../../../harness/contract/platforms/ios.ts'
import { type Settling, settling } from '../../simulation/settling.ts'
import type { Calibrated } from './calibration.ts'

/** What a probe works with: a freshly restored device, and processes of an app of its own. */
export interface Bench {
  readonly device: Calibrated
  readonly effects: Effects
  readonly prompts: Prompts
  readonly namespace: string
  open(): IosApp
}
export type Probe = (bench: Bench) => Promise<FacetState>

export const ours = Uint8Array.of(0x70, 0x72, 0x6f, 0x62, 0x65)
export const proven = (evidence: string): FacetState => ({ is: 'proven', evidence })
export const disproven = (evidence: string): FacetState => ({ is: 'disproven', evidence })

export const attributes = (account: string, accessible: Accessibility, asks = 0): KeychainQuery => ({
  service: 'calibration',
  account,
  valueData: ours,
  accessControl: { accessible, flags: asks },
})
export const reading = (account: string): KeychainQuery => ({ service: 'calibration', account, returnData: true })

export type Reading = Settling<Awaited<ReturnType<IosApp['keychain']['copyMatching']>>>
export const gave = (seen: Reading): boolean =>
  seen.is === 'answered' &&
  seen.value.status === 0 &&
  seen.value.items.length === 1 &&
  Buffer.compare(seen.value.items[0]?.data ?? new Uint8Array(0), ours) === 0
export const refusedBy = (seen: Reading, status: number): boolean =>
  seen.is === 'answered' && seen.value.status === status
export const told = (seen: Settling<unknown>): string => {
  if (seen.is === 'waiting') return 'never answered'
  if (seen.is === 'failed') return 'failed'
  const { value } = seen
  if (typeof value !== 'object' || value === null || !('status' in value)) return `answered ${JSON.stringify(value)}`
  return value.status === 0 ? 'gave the item' : `answered ${String(value.status)}`
}

/** Applies a control and says so if the device would not. */
export const must = async ({ device }: Bench, control: Control): Promise<void> => {
  const result = await device.apply(control)
  if (result !== 'done') throw new Error(`the device skipped '${control.control}'`)
}
export const keep = async (app: IosApp, ...what: Parameters<typeof attributes>): Promise<void> => {
  const seen = await settling(app.keychain.add(attributes(...what)))
  if (seen.is !== 'answered' || seen.value !== 0) throw new Error(`adding an item ${told(seen)}`)
}
/** Kills the app's process and starts another. */
export const restarted = (bench: Bench): IosApp => {
  bench.effects.drop()
  return bench.open()
}
