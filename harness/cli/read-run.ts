import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { StreamRecord } from '../contract/stream.ts'
import { readStream } from '../stream/read-stream.ts'
import type { Shell } from './shell.ts'
import { UsageError } from './usage-error.ts'

/**
 * The records of an earlier run. Says on standard error where it was cut; null where it then has none.
 * @throws UsageError where there is no such file
 * @throws StreamError where it is no run
 */
export function readRun(path: string, shell: Shell): readonly StreamRecord[] | null {
  const file = resolve(shell.cwd, path)
  if (!existsSync(file))
    throw new UsageError(`There is no run at ${path}: a run leaves it as run.ndjson in its --out folder.`)
  const { records, cut } = readStream(file, path)
  if (cut !== null) shell.stderr.write(`holdfast: ${cut}\n`)
  return records.length === 0 ? null : records
}
