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
    const { situations } = await import('../judging/situations.ts')
    const { facets } = await import('../contract/environment.ts')
    return requirements.map((row) => ({
      id: row.id,
      family: row.family,
      level: row.level,
      profiles: row.profiles,
      clause: row.clause,
      threat: row.threat,
      why: row.why,
      advice: row.advice,
      sources: row.sources,
      needs: row.needs.map((name) => ({ name, meaning: facets[name] })),
      judges: row.judges.map((name) => ({ name, meaning: situations[name] })),
    }))
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
