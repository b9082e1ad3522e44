import { randomBytes } from 'node:crypto'
import type { Program } from '../contract/program.ts'
import { failureRecord } from '../engine/failure-record.ts'
import { type ShrunkAgain, shrinkAgain } from '../engine/shrink-again.ts'
import { requirementOf } from '../requirements/index.ts'
import type { Requirement } from '../requirements/requirement.ts'
import { scenarios } from '../scenarios/index.ts'
import type { Ground } from '../scenarios/scenario.ts'
import { isDriven, isSimulated } from './devices.ts'
import type { Recorded, ShrinkOptions, Shrunken, TargetSpec } from './engine.ts'
import { openInThread } from './opened-target.ts'
import { refuseProgram } from './refuse-program.ts'
import { UsageError } from './usage-error.ts'
import { version } from './version.ts'
import { whyVacuous } from './why-vacuous.ts'
import { budgetOf } from './wiring.ts'

/** Where runs may differ: how often a program is run before it is said to hold, and the result to confirm it. */
const real = { times: 5, replays: 2, prefix: () => `holdfast-shrink-${randomBytes(4).toString('hex')}` }
const driven = { ...real, replays: 3 }
const simulated = { times: 1, replays: 0, prefix: () => 'holdfast' }

/**
 * Runs recorded programs again on their target, and cuts down those that still fail.
 * @throws UsageError where the device lacks a control that a program uses, or this version does not know the requirement
 */
export async function shrink(recorded: Recorded, spec: TargetSpec, options: ShrinkOptions): Promise<Shrunken> {
  const requirement = requirementOf(recorded.requirement)
  if (requirement === undefined)
    throw new UsageError(`This program is about ${recorded.requirement}, which this version does not know.`)
  const { allowLoginKeyring, patience, interrupted, onExecution } = options
  const { times, replays, prefix } = isSimulated(spec.device) ? simulated : isDriven(spec.device) ? driven : real
  await using target = await openInThread(spec, { prefix: prefix(), allowLoginKeyring, patience })
  const { description, controls } = target
  for (const program of recorded.programs) refuseProgram(program, { name: spec.device, controls })

  const until = Date.now() + options.budgetMs
  const cut = () => (interrupted.aborted ? 'it was interrupted' : Date.now() >= until ? 'its budget was spent' : null)
  const most = budgetOf(spec.device, true).commands
  const again = await shrinkAgain((program) => target.run(program), {
    requirement,
    description,
    programs: recorded.programs,
    times,
    replays,
    arbitraryOf: (program) =>
      generatorOf(recorded.scenario, program, {
        description,
        controls,
        commands: Math.max(most, program.commands.length),
      }),
    cut,
    onExecution,
  })
  const { best, executions } = again
  const ends =
    again.fault !== null
      ? [`Then it could not go on: ${again.fault}`]
      : cut() === null
        ? []
        : [`It was cut short, as ${cut()}: more time may say more.`]
  if (best === null) {
    const { exit, sentence } = unbroken(requirement, spec.name, again)
    const said = { sentence: [sentence, ...ends].join(' '), exit: interrupted.aborted ? 130 : exit }
    return { failure: null, history: again.first, executions, ...said }
  }
  const failure = failureRecord({
    ...best,
    requirement,
    scenario: recorded.scenario ?? 'recorded',
    unshrunk: recorded.programs.at(-1) ?? best.begunWith,
    target: spec.name,
    holdfast: version(),
    shrinkRuns: executions,
  })
  const { length } = failure.program.commands
  const from = best.begunWith.commands.length
  const how =
    length < from ? `cut from ${from} in ${executions} executions` : `and ${executions} executions found no fewer`
  const otherwise =
    recorded.fingerprint === null || recorded.fingerprint === failure.fingerprint
      ? []
      : [`It fails in another way than recorded: ${failure.fingerprint}, not ${recorded.fingerprint}.`]
  const first = `${requirement.id} fails on ${spec.name} by ${length} ${length === 1 ? 'command' : 'commands'}, ${how}.`
  const sentence = [first, ...otherwise, ...ends].join(' ')
  return { failure, history: best.history, executions, sentence, exit: interrupted.aborted ? 130 : 1 }
}

/** What is said where no run of it failed. */
function unbroken(requirement: Requirement, target: string, { held, of, vacuous }: ShrunkAgain) {
  const { id } = requirement
  if (held > 0) return { sentence: `${id} held on ${held} of ${of} replays on ${target}.`, exit: 0 }
  const why = vacuous === null ? '' : `: ${whyVacuous(requirement, vacuous)}`
  return {
    sentence: `${id} did not fail on ${of} of ${of} replays on ${target}, which say nothing of it either${why}.`,
    exit: 3,
  }
}

/** The generator of the scenario that made a program; where that is not known or is gone, one that could have. */
function generatorOf(scenario: string | null, program: Program, ground: Ground) {
  const fitting = scenarios.filter((one) => one.fits(ground))
  const own = fitting.find(({ id }) => id === scenario)
  const able = fitting.find((one) => one.program(ground).canShrinkWithoutContext(program))
  const chosen = own ?? able ?? fitting[0]
  if (chosen === undefined) throw new Error('no scenario makes sense here')
  return chosen.program(ground)
}
