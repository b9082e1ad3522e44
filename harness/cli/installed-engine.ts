import { devices } from './devices.ts'
import type { Engine } from './engine.ts'

/** The harness itself, each part loaded when it is first asked for. */
export const installedEngine: Engine = {
  async *judge(targets, options) {
    const { judge } = await import('./judge.ts')
    yield* judge(targets, options)
  },
  async requirements() {
    const { requirements } = await import('../requirements/index.ts')
    const { requirementRow } = await import('./row-texts.ts')
    return requirements.map(requirementRow)
  },
  async exclusions() {
    const { exclusions } = await import('../requirements/exclusions.ts')
    const { exclusionRow } = await import('./row-texts.ts')
    return exclusions.map(exclusionRow)
  },
  async devices() {
    return devices
  },
  async missing(device) {
    const { readMachine } = await import('../../setup/machine.mjs')
    const { lacking } = await import('../../setup/plan.mjs')
    return lacking(device, await readMachine())
  },
  async smoke(target, options) {
    const { smoke } = await import('./smoke.ts')
    return smoke(target, options)
  },
  async readToken(token) {
    const { readToken } = await import('../engine/token.ts')
    return readToken(token)
  },
  async replay(token, target, options) {
    const { replay } = await import('./replay.ts')
    return replay(token, target, options)
  },
  async shrink(recorded, target, options) {
    const { shrink } = await import('./shrink.ts')
    return shrink(recorded, target, options)
  },
}
