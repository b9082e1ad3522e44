import { type Control, touchesOf } from '../../../harness/contract/controls.ts'
import type { Device, Effects, Prompts } from '../../../harness/contract/device.ts'
import type { IosApp, KeychainQuery } from '../../../harness/contract/platforms/ios.ts'
import type { PromptPhase } from '../../../harness/contract/prompt.ts'
import { type Settling, settling } from '../../simulation/settling.ts'
import { type VirtualIosOptions, virtualIos } from './device.ts'

/** A phone for tests, with one app on it and everything that is heard of prompts. */
export interface SamplePhone {
  readonly device: Device
  readonly effects: Effects
  readonly prompts: Prompts
  readonly phases: string[]
  /** The process of the app that is there now. */
  app(): IosApp
  /** Does a control, killing the app first where it does. */
  act(control: Control): Promise<'done' | 'skipped'>
  /** Kills the app and starts it again. */
  restart(): void
}

export const samplePhone = async (options?: VirtualIosOptions): Promise<SamplePhone> => {
  const device = virtualIos(options)
  const { effects, prompts, ios } = device
  if (effects === undefined || prompts === undefined || ios === undefined) throw new Error('an iPhone has all of them')
  await device.restore()
  const phases: string[] = []
  prompts.onPhase((prompt: number, phase: PromptPhase) => phases.push(`${prompt} ${phase}`))
  let app = ios('sample')
  const restart = () => {
    effects.drop()
    app = ios('sample')
  }
  return {
    device,
    effects,
    prompts,
    phases,
    app: () => app,
    async act(control) {
      const kills = touchesOf(control) === 'app'
      if (kills) effects.drop()
      const result = await device.apply(control)
      if (kills) app = ios('sample')
      return result
    },
    restart,
  }
}

export const secret = Uint8Array.of(7, 7, 7)
export const item = { service: 'sample', account: 'a' }
export const reading: KeychainQuery = { ...item, returnData: true }
/** The answer in a word, once everything that happens by itself has happened. */
export const heard = async (call: Promise<unknown>): Promise<unknown> => {
  const seen: Settling<unknown> = await settling(call)
  if (seen.is !== 'answered') return seen.is
  const { value } = seen
  if (typeof value !== 'object' || value === null) return value
  if ('status' in value && 'items' in value && Array.isArray(value.items))
    return value.status === 0 ? value.items.length : value.status
  return 'code' in value ? value.code : value
}
