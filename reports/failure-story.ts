import type { FailureRecord } from '../harness/contract/stream.ts'
import type { Blame } from '../harness/contract/verdict.ts'
import { count } from './count.ts'
import { oneLine } from './printable.ts'
import type { RequirementTexts } from './requirement-text.ts'
import { stake } from './stake.ts'
import { type Story, story } from './story.ts'

/** A failure in words, in the order in which a reader needs them. Every report lays out these same parts. */
export interface FailureStory {
  readonly requirement: string
  readonly target: string
  readonly level: string | null
  /** What must hold. */
  readonly clause: string
  readonly story: Story
  /** What had happened, so that it says something; null where that is not known. */
  readonly situation: string | null
  readonly expected: string
  readonly seen: string
  readonly atFault: string
  /** What a user would meet, and what to do about it; null where this Holdfast does not know the requirement. */
  readonly matters: string | null
  readonly advice: string | null
  /** How sure it is, and how it was found; null where it was only run again. */
  readonly found: string | null
  /** The command that runs it again; null where that was just done. */
  readonly replay: string | null
}

const atFault: Readonly<Record<Blame, string>> = {
  vault: 'the vault',
  adapter: 'the adapter that connects the vault, not the vault itself',
  environment: 'the environment it ran in, not the vault',
  harness: 'Holdfast itself, not the vault: please report it',
}

export function failureStory(failure: FailureRecord, texts: RequirementTexts): FailureStory {
  const text = texts(failure.requirement)
  return {
    requirement: failure.requirement,
    target: failure.target,
    level: text?.level ?? null,
    clause: text?.clause ?? 'this Holdfast does not know that requirement',
    story: story(failure.program, failure.events, failure.at),
    situation: text?.situations?.find(({ name }) => name === failure.situation)?.meaning ?? null,
    expected: oneLine(failure.expected),
    seen: oneLine(failure.seen),
    atFault: atFault[failure.blame],
    matters: text === undefined ? null : [text.why, stake(text.threat)].filter((part) => part !== undefined).join(' '),
    advice: text?.advice ?? null,
    found: `${found(failure)} ${confirmed(failure.confirmed)}`,
    replay: `holdfast replay ${failure.token}`,
  }
}

function found({ program, foundWith, shrinkRuns, scenario }: FailureRecord): string {
  const size = program.commands.length
  const from = `by the scenario ${oneLine(scenario)}, in a program of ${count(foundWith, 'command')}`
  return foundWith > size
    ? `Found ${from}, shrunk to ${size} in ${count(shrinkRuns, 'run')}.`
    : `Found ${from}, which could not be made shorter.`
}

function confirmed(times: FailureRecord['confirmed']): string {
  if (times === null) return 'On this device the same program always goes the same way.'
  if (times.of === 0) return 'It was not run again.'
  const again = `Run again ${count(times.of, 'time')}, it failed ${count(times.failed, 'time')}`
  return times.failed === times.of ? `${again}.` : `${again}: it does not always show.`
}
