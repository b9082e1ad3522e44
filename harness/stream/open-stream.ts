import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { type StreamRecord, streamRecordSchema } from '../contract/stream.ts'
import { fileReason, StreamError } from './stream-error.ts'

/** The file calls that a stream needs: a parameter, so that a test can fill the disk. */
export interface StreamFiles {
  readonly mkdirSync: (path: string, options: { recursive: true }) => unknown
  readonly openSync: (path: string, flags: 'w') => number
  /** Returns how many bytes were written, which may be fewer than were given. */
  readonly writeSync: (file: number, bytes: Uint8Array, offset: number) => number
  readonly closeSync: (file: number) => void
}

export interface StreamWriter extends Disposable {
  readonly path: string
  /**
   * Adds one line, at once and whole. Throws `StreamError` when it cannot; what was written before stays readable, and
   * every later append throws the same error.
   */
  append(record: StreamRecord): void
  close(): void
}

const nodeFiles: StreamFiles = { mkdirSync, openSync, writeSync, closeSync }

/**
 * Starts the stream of a new run, in place of what an earlier run left there. Folders on the way are made.
 * @throws StreamError where the file cannot be made
 */
export function openStream(path: string, files: StreamFiles = nodeFiles): StreamWriter {
  let file: number | null = null
  let failed: StreamError | null = null
  let records = 0
  try {
    files.mkdirSync(dirname(path), { recursive: true })
    file = files.openSync(path, 'w')
  } catch (thrown) {
    throw new StreamError(
      'open',
      `The run cannot be recorded in ${path}: ${fileReason(thrown)}. Choose another folder with --out DIR.`,
      { cause: thrown },
    )
  }

  function append(record: StreamRecord): void {
    if (failed !== null) throw failed
    if (file === null) throw new StreamError('write', `A record came after ${path} was closed: a fault of the harness.`)
    const line = Buffer.from(`${JSON.stringify(streamRecordSchema.parse(record))}\n`)
    try {
      for (let written = 0; written < line.length; ) written += files.writeSync(file, line, written)
    } catch (thrown) {
      failed = new StreamError(
        'write',
        `The run stopped being recorded in ${path} after ${records} ${records === 1 ? 'record' : 'records'}: ` +
          `${fileReason(thrown)}. What was written can still be read; free some room there, or choose another folder ` +
          'with --out DIR, and run again.',
        { cause: thrown },
      )
      throw failed
    }
    records += 1
  }

  function close(): void {
    if (file !== null) files.closeSync(file)
    file = null
  }
  return { path, append, close, [Symbol.dispose]: close }
}
