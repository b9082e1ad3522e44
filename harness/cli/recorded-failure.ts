import type { FailureRecord, StreamRecord } from '../contract/stream.ts'
import { wholeNumber } from './numbers.ts'
import { UsageError } from './usage-error.ts'

/** What narrows down the failures of a run: names as they were given. */
export interface Choice {
  readonly requirement: string
  /** The vault's name in the run. */
  readonly vault: string | null
  readonly device: string | null
  /** Which of several, counted from 1. */
  readonly program: string | null
}

/** The part of a target's name before and after its last `@`. */
export function partsOf(target: string): { readonly vault: string; readonly device: string } {
  const at = target.lastIndexOf('@')
  return { vault: target.slice(0, at), device: target.slice(at + 1) }
}

/**
 * The one failure of a run that is meant.
 * @param file names the run in messages
 * @throws UsageError that names those there are, where none or several fit
 */
export function recordedFailure(records: readonly StreamRecord[], choice: Choice, file: string): FailureRecord {
  const all = records.filter((record) => record.type === 'failure')
  const { requirement, vault, device, program } = choice
  const ofIt = all.filter((failure) => failure.requirement === requirement)
  if (ofIt.length === 0) {
    const others = listed(all.map((failure) => `${failure.requirement} (${failure.target})`))
    const instead = others === '' ? 'no requirement did, so it keeps no program' : `what failed there is ${others}`
    throw new UsageError(`${requirement} did not fail in ${file}: ${instead}.`)
  }
  const fitting = ofIt.filter(({ target }) => {
    const parts = partsOf(target)
    return (vault === null || parts.vault === vault) && (device === null || parts.device === device)
  })
  if (fitting.length === 0) {
    const asked =
      vault === null ? `on the device ${device}` : device === null ? `with ${vault}` : `on ${vault}@${device}`
    const where = listed(ofIt.map(({ target }) => target))
    throw new UsageError(`${requirement} did not fail ${asked} in ${file}: there it failed on ${where}.`)
  }
  const chosen = program === null ? 0 : wholeNumber('--program', program, 1, Number.MAX_SAFE_INTEGER) - 1
  const one = fitting[chosen]
  if (one !== undefined && (program !== null || fitting.length === 1)) return one
  const rows = fitting.map(
    ({ target, program: { commands }, seen }, index) =>
      `  ${index + 1}. ${target}, ${commands.length} commands: saw ${seen}`,
  )
  const what = program === null ? 'choose one with --program N' : `there is no program ${program}`
  const many = fitting.length === 1 ? '1 program' : `${fitting.length} programs`
  throw new UsageError([`${requirement} failed in ${many} of ${file}: ${what}.`, ...rows].join('\n'))
}

const listed = (items: readonly string[]): string => [...new Set(items)].join(', ')
