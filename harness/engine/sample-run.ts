import { createHash } from 'node:crypto'
import { model } from '../../devices/model/model.ts'
import { knownBadVaults } from '../../fixtures/known-bad/index.ts'
import soundStore from '../../fixtures/sound/store.ts'
import type { VaultModule } from '../contract/vault.ts'
import { requirements } from '../requirements/index.ts'
import { scenarios } from '../scenarios/index.ts'
import { explore } from './explore.ts'
import { judgeTarget } from './judge-target.ts'
import { session } from './session.ts'
import { inProcessTarget } from './target.ts'

/** Everything that a run on F0 leaves behind, as text. */
export interface SampleRun {
  readonly histories: readonly string[]
  readonly records: readonly string[]
  readonly tokens: readonly string[]
  readonly digest: string
}

const vaults: readonly (VaultModule | undefined)[] = [
  soundStore,
  // One that fails only by the order of effects, and one that needs three commands.
  knownBadVaults['delete-then-add'],
  knownBadVaults['stale-read-cache'],
]

/** Runs a sound and two known-bad vaults on the model: their programs once by themselves, and once as a whole run. */
export async function sampleRun(seed: number): Promise<SampleRun> {
  const histories: string[] = []
  const records: string[] = []
  const tokens: string[] = []
  for (const vault of vaults) {
    if (vault === undefined) throw new Error('a vault of this sample has another name now')
    histories.push(...(await historiesOf(vault, seed)))
    const run = judgeTarget(async () => inProcessTarget(vault, model()), {
      name: `${vault.description.name}@model`,
      vault: 'module:./sample.ts',
      version: '1',
      seed,
      budget: { programs: 15, commands: 20, shrinkRuns: 60 },
      requirements,
      baseline: { known: [] },
      today: '2030-01-01',
      prefix: 'sample',
      deadlineMs: 1000,
      cut: () => null,
      beat() {},
      mustReach: false,
    })
    for await (const record of run) {
      records.push(JSON.stringify(record))
      if (record.type === 'failure') tokens.push(record.token)
    }
  }
  const digest = createHash('sha256')
    .update(JSON.stringify([histories, records]))
    .digest('hex')
  return { histories, records, tokens, digest }
}

async function historiesOf(vault: VaultModule, seed: number): Promise<readonly string[]> {
  const histories: string[] = []
  const target = inProcessTarget(vault, model())
  const inner = session(target, { prefix: 'sample', deadlineMs: 1000 })
  const steps = explore(
    {
      ...inner,
      async run(program) {
        const history = await inner.run(program)
        histories.push(JSON.stringify(history))
        return history
      },
    },
    {
      requirements,
      scenarios,
      ground: { description: vault.description, controls: target.device.controls, commands: 20 },
      seed,
      programs: 15,
      shrinkRuns: 0,
      replays: 0,
      cut: () => null,
    },
  )
  for await (const step of steps) if (step.step === 'found') histories.push(JSON.stringify(step.found.history))
  return histories
}
