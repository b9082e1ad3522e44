import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { filmStrips } from '../../reports/film.ts'
import { junit } from '../../reports/junit.ts'
import { markdown } from '../../reports/markdown.ts'
import { paintFor } from '../../reports/paint.ts'
import { progress } from '../../reports/progress.ts'
import type { RequirementTexts } from '../../reports/requirement-text.ts'
import { terminal } from '../../reports/terminal.ts'
import type { StreamRecord } from '../contract/stream.ts'
import { openStream, type StreamWriter } from '../stream/open-stream.ts'
import { fileReason, StreamError } from '../stream/stream-error.ts'
import type { JudgeOptions, TargetSpec } from './engine.ts'
import { requirementTexts } from './requirement-texts.ts'
import type { Shell } from './shell.ts'
import { UsageError } from './usage-error.ts'

export interface Judgement {
  readonly targets: readonly TargetSpec[]
  readonly options: JudgeOptions
  /** Folder for stream and reports. */
  readonly out: string
  readonly verbose: boolean
}

/** Names of what a run leaves in its folder. */
export const outputs = { stream: 'run.ndjson', junit: 'junit.xml', markdown: 'summary.md' } as const

/**
 * Judges, shows how it goes on, and writes the stream and all reports.
 * @returns the exit code of the run
 * @throws UsageError where the folder cannot be written
 */
export async function judgeToReports({ targets, options, out, verbose }: Judgement, shell: Shell): Promise<number> {
  const folder = resolve(shell.cwd, out)
  const texts = await requirementTexts(shell.engine)
  using stream = open(join(folder, outputs.stream))
  const { records, broken } = await record(targets, options, stream, shell)

  const paint = paintFor(shell.stdout, shell.env)
  shell.stdout.write(terminal(records, { texts, columns: shell.stdout.columns ?? 80, paint, verbose }))
  if (broken !== null) {
    shell.stderr.write(`holdfast: ${broken}\n`)
    return 3
  }
  const unwritten = writeReports(records, texts, folder)
  if (unwritten !== null) {
    shell.stderr.write(`holdfast: ${unwritten}\n`)
    return 3
  }
  const written = [...Object.values(outputs), ...filmStrips(records).keys()]
  shell.stdout.write(`\nReports are in ${out}: ${written.join(', ')}\n`)
  return exitOf(records, shell.interrupted.aborted)
}

function open(path: string): StreamWriter {
  try {
    return openStream(path)
  } catch (error) {
    throw error instanceof StreamError ? new UsageError(error.message, { cause: error }) : error
  }
}

interface Recorded {
  readonly records: readonly StreamRecord[]
  /** Why the stream could not be written to its end. */
  readonly broken: string | null
}

async function record(
  targets: readonly TargetSpec[],
  options: JudgeOptions,
  stream: StreamWriter,
  shell: Shell,
): Promise<Recorded> {
  const records: StreamRecord[] = []
  const live = progress(shell.stderr, paintFor(shell.stderr, shell.env), shell.now)
  const began = shell.now()
  const take = (one: StreamRecord): void => {
    // Progress is not kept: there may be any number of it.
    if (one.type !== 'progress') records.push(one)
    live.take(one)
    stream.append(one)
  }
  try {
    for await (const one of shell.engine.judge(targets, { ...options, signal: shell.interrupted })) take(one)
    if (records.at(-1)?.type !== 'end') take(endFor(shell, 'it ended without saying so', began))
  } catch (error) {
    live.clear()
    if (error instanceof StreamError) return { records, broken: error.message }
    if (records.length === 0) throw error
    take(endFor(shell, error instanceof Error ? error.message : String(error), began))
  }
  live.clear()
  return { records, broken: null }
}

/** The end of a run that did not bring its own. */
function endFor(shell: Shell, why: string, began: number): StreamRecord {
  const tookMs = shell.now() - began
  return shell.interrupted.aborted
    ? { type: 'end', exit: 130, sentence: 'Interrupted: what was judged until then is above.', tookMs }
    : { type: 'end', exit: 3, sentence: `Holdfast itself failed, please report it: ${why}`, tookMs }
}

function exitOf(records: readonly StreamRecord[], interrupted: boolean): number {
  if (interrupted) return 130
  const end = records.at(-1)
  const judged = records.some((one) => one.type === 'verdict')
  // Whatever the run says of itself: zero checks are never a pass.
  return end?.type === 'end' && (judged || end.exit !== 0) ? end.exit : 3
}

/** Null where both were written, else a sentence. */
function writeReports(records: readonly StreamRecord[], texts: RequirementTexts, folder: string): string | null {
  const files = new Map([
    [outputs.junit, junit(records, texts)],
    [outputs.markdown, markdown(records, texts)],
    ...filmStrips(records),
  ] as const)
  for (const [name, text] of files) {
    const path = join(folder, name)
    try {
      writeFileSync(path, text)
    } catch (error) {
      const again = `holdfast report ${join(folder, outputs.stream)}`
      return `${path} could not be written: ${fileReason(error)}. The run itself is kept: once there is room, \`${again}\` writes it.`
    }
  }
  return null
}
