import { readFileSync } from 'node:fs'
import { type StreamRecord, streamRecordSchema, streamVersion } from '../contract/stream.ts'
import { fileReason, StreamError } from './stream-error.ts'

/** The records of a run. `cut` says in a sentence that the run did not end properly; null where it did. */
export interface StreamContent {
  readonly records: readonly StreamRecord[]
  readonly cut: string | null
}

/**
 * Reads the stream of a run from a file.
 * @param name names the file in messages, where it is not its path
 * @throws StreamError where the file cannot be read, is of another version, or holds garbage
 */
export function readStream(path: string, name = path): StreamContent {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (thrown) {
    throw new StreamError('read', `The run in ${name} cannot be read: ${fileReason(thrown)}.`, { cause: thrown })
  }
  return parseStream(bytes, name)
}

/**
 * Reads the stream of a run. A last line that was cut at any byte is left out; a run without an `end` was cut.
 * @param path names the stream in messages
 * @throws StreamError
 */
export function parseStream(bytes: Uint8Array, path: string): StreamContent {
  const lines = new TextDecoder().decode(bytes).split('\n')
  const records: StreamRecord[] = []
  for (const [index, line] of lines.entries()) {
    const last = index === lines.length - 1
    if (last && line.trim() === '') break
    const parsed = parseLine(line)
    // Only a whole record can parse, as it ends with its closing brace: a last line that does not was cut.
    if (last && parsed === undefined) break
    records.push(toRecord(parsed, index + 1, path))
  }
  const end = records.findIndex((record) => record.type === 'end')
  if (end !== -1 && end !== records.length - 1) {
    throw new StreamError('garbage', `${path} line ${end + 2} comes after the end of the run: two runs in one file?`)
  }
  return { records, cut: end === -1 ? cutSentence(records.length, path) : null }
}

function parseLine(line: string): unknown {
  try {
    const parsed: unknown = JSON.parse(line)
    return parsed
  } catch {
    return undefined
  }
}

function toRecord(parsed: unknown, line: number, path: string): StreamRecord {
  if (line === 1) refuseOtherVersion(parsed, path)
  const result = streamRecordSchema.safeParse(parsed)
  if (result.success && (line === 1) === (result.data.type === 'run')) return result.data
  const issue = result.success ? undefined : result.error.issues[0]
  const detail =
    parsed === undefined
      ? 'it is not JSON'
      : issue === undefined
        ? line === 1
          ? 'a run begins with a record of type "run"'
          : 'a second run begins here'
        : [issue.path.join('.'), issue.message].filter((part) => part !== '').join(': ')
  throw new StreamError(
    'garbage',
    `${path} line ${line} is not a record of a run (${detail}); the file was changed, or is not a stream of Holdfast.`,
  )
}

function refuseOtherVersion(parsed: unknown, path: string): void {
  if (typeof parsed !== 'object' || parsed === null || !('stream' in parsed)) return
  if (typeof parsed.stream !== 'number' || parsed.stream === streamVersion) return
  const holdfast = 'holdfast' in parsed && typeof parsed.holdfast === 'string' ? ` (written by ${parsed.holdfast})` : ''
  throw new StreamError(
    'version',
    `${path} is a stream of version ${parsed.stream}${holdfast}, and this Holdfast reads version ${streamVersion}: ` +
      'read it with the Holdfast that wrote it.',
  )
}

function cutSentence(records: number, path: string): string {
  return records === 0
    ? `The run was cut before its first record: ${path} says nothing.`
    : `The run was cut: ${path} has ${records} ${records === 1 ? 'record' : 'records'} and no end, so what follows is a part.`
}
