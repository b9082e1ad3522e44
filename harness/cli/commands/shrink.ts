import type { StreamRecord } from '../../contract/stream.ts'
import { type Command, command } from '../command.ts'
import type { Recorded } from '../engine.ts'
import type { Shell } from '../shell.ts'

const usualBudget = '60s'

/** `holdfast shrink RUN.ndjson`: cut the program of a recorded failure down further. */
export const shrink: Command = command({
  name: 'shrink',
  summary: 'Runs the program of a recorded failure again on its target, and cuts it down as long as it fails alike.',
  words: ['RUN.ndjson'],
  flags: {
    requirement: { value: 'ID', help: 'whose failure' },
    vault: { value: 'NAME', help: 'the vault that failed, where several did; or a SPEC: how to reach it now' },
    device: { value: 'NAME', help: 'the device on which it failed, where it did on several' },
    program: { value: 'N', help: 'which of several programs' },
    budget: { value: 'TIME', help: `stop after 30s, 5m, 1h and keep the shortest until then; default ${usualBudget}` },
    config: { value: 'FILE', help: 'configuration, for a token; default holdfast.config.ts' },
    'allow-login-keyring': { help: "let the vault use this person's own login keyring" },
    verbose: { help: 'where Holdfast itself fails, say where' },
  },
  notes: [
    'In place of the run a replay token will do. Nothing is written: the token is in what is printed.',
    'Example: holdfast shrink holdfast-report/run.ndjson --requirement PST-01 --budget 5m',
    'Exit codes: 0 it holds now, 1 it still fails, 2 wrong usage, 3 it could not be run or says nothing, 130 interrupted.',
  ],
  async run(given, [word = ''], shell) {
    const { milliseconds } = await import('../numbers.ts')
    const budgetMs = milliseconds('--budget', given.budget ?? usualBudget)
    if (given.requirement !== undefined) {
      const { knowRequirement } = await import('../judgement.ts')
      await knowRequirement(given.requirement, shell.engine, '--requirement')
    }
    const requirement = given.requirement?.toUpperCase() ?? null
    const asked = { ...given, requirement }
    const found = word.startsWith('hf1.') ? await ofToken(word, asked, shell) : await ofRun(word, asked, shell)
    if (found === null) return 3
    const { recorded, target } = found
    const { shrinking } = await import('../../../reports/shrinking.ts')
    const { runAgain } = await import('../run-again.ts')
    const live = shrinking(shell.stderr, shell.now)
    return runAgain(target, shell, true, () =>
      shell.engine
        .shrink(recorded, target, {
          budgetMs,
          allowLoginKeyring: given['allow-login-keyring'] ?? false,
          interrupted: shell.interrupted,
          onExecution: live.take,
        })
        .finally(live.clear),
    )
  },
})

interface Asked {
  readonly requirement: string | null
  readonly vault?: string
  readonly device?: string
  readonly program?: string
  readonly config?: string
}

/** Null where the run says nothing. */
async function ofRun(path: string, asked: Asked, shell: Shell) {
  const { UsageError } = await import('../usage-error.ts')
  const { readRun } = await import('../read-run.ts')
  const { specKind } = await import('../spec.ts')
  const { recordedFailure } = await import('../recorded-failure.ts')
  const records = readRun(path, shell)
  if (records === null) return null
  const { requirement, vault = null, device = null, program = null } = asked
  if (requirement === null)
    throw new UsageError(`holdfast shrink needs a requirement: --requirement ID${those(records)}.`)
  const spec = vault !== null && specKind(vault) !== null ? vault : null
  const choice = { requirement, vault: spec === null ? vault : null, device, program }
  const failure = recordedFailure(records, choice, path)
  const ran = records.find((record) => record.type === 'target' && record.target === failure.target)
  if (ran?.type !== 'target')
    throw new UsageError(`${path} does not say how ${failure.target} is reached: give --vault SPEC.`)
  const { unshrunk } = failure
  const recorded: Recorded = {
    requirement,
    scenario: failure.scenario,
    fingerprint: failure.fingerprint,
    programs: unshrunk === undefined ? [failure.program] : [failure.program, unshrunk],
  }
  const { targetsOf } = await import('../targets.ts')
  const none = { file: null, vaults: new Map(), devices: new Map(), baseline: null, out: null }
  const devices = await shell.engine.devices()
  const [target] = await targetsOf([spec ?? ran.vault], [ran.device], none, devices, shell.cwd)
  if (target === undefined) throw new UsageError(`There is nothing to run ${failure.target} on.`)
  return { recorded, target: { ...target, name: failure.target } }
}

async function ofToken(token: string, { requirement, vault, device, config }: Asked, shell: Shell) {
  const content = await shell.engine.readToken(token)
  const { targetOfToken } = await import('../target-of-token.ts')
  const target = await targetOfToken(content, { vault, device, config }, shell)
  const recorded: Recorded = {
    requirement: requirement ?? content.requirement,
    scenario: null,
    fingerprint: null,
    programs: [content.program],
  }
  return { recorded, target }
}

const those = (records: readonly StreamRecord[]): string => {
  const ids = new Set(records.flatMap((record) => (record.type === 'failure' ? [record.requirement] : [])))
  return ids.size === 0 ? ', and nothing failed in this run' : `; in this run failed ${[...ids].sort().join(', ')}`
}
