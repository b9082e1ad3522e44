import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StreamRecord } from '../contract/stream.ts'
import { openStream, type StreamFiles } from './open-stream.ts'
import { parseStream, readStream } from './read-stream.ts'
import { StreamError } from './stream-error.ts'

const records: readonly StreamRecord[] = [
  {
    type: 'run',
    stream: 1,
    holdfast: '0.1.0',
    seed: 7,
    budget: 'quick',
    started: '2026-11-22T05:00:00Z',
    targets: ['ünïcode@model'],
    requirements: ['ENC-01'],
  },
  { type: 'progress', target: 'ünïcode@model', scenario: 'entries', programs: 1, of: 2 },
  {
    type: 'verdict',
    target: 'ünïcode@model',
    requirement: 'ENC-01',
    verdict: { is: 'not-testable', cause: 'budget', why: 'naïve 🙂' },
    effort: { programs: 2, situations: 0, twins: 0 },
  },
  { type: 'end', exit: 3, sentence: 'Nothing could be judged.', tookMs: 12 },
]

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-stream-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const bytesOf = (all: readonly unknown[]): Buffer =>
  Buffer.from(all.map((record) => `${JSON.stringify(record)}\n`).join(''))
const problemOf = (bytes: Uint8Array): StreamError => {
  try {
    parseStream(bytes, 'run.ndjson')
  } catch (thrown) {
    if (thrown instanceof StreamError) return thrown
  }
  throw new Error('the stream was accepted')
}

describe('writing', () => {
  test('what is appended is read back, in folders that were made on the way', () => {
    const path = join(folder, 'a', 'b', 'run.ndjson')
    using stream = openStream(path)
    for (const record of records) stream.append(record)
    expect(readStream(path)).toEqual({ records, cut: null })
  })
  test('each record is there as soon as it was appended', () => {
    using stream = openStream(join(folder, 'run.ndjson'))
    stream.append(records[0] as StreamRecord)
    expect(readFileSync(stream.path, 'utf8')).toBe(`${JSON.stringify(records[0])}\n`)
  })
  test('a new run replaces the stream of an earlier one', () => {
    const path = join(folder, 'run.ndjson')
    writeFileSync(path, 'old\n')
    openStream(path).close()
    expect(readFileSync(path, 'utf8')).toBe('')
  })
  test('a record that is not of the contract is refused and not written', () => {
    using stream = openStream(join(folder, 'run.ndjson'))
    expect(() => stream.append({ ...records[1], of: 'two' } as never)).toThrow(/number/)
    expect(readFileSync(stream.path, 'utf8')).toBe('')
  })
  test('a place that cannot be written says what, where and what to do', () => {
    writeFileSync(join(folder, 'file'), '')
    const path = join(folder, 'file', 'run.ndjson')
    expect(() => openStream(path)).toThrow(
      `The run cannot be recorded in ${path}: a part of that path is a file, not a folder (EEXIST). ` +
        'Choose another folder with --out DIR.',
    )
    expect(() => openStream(folder)).toThrow(/that is a folder, not a file \(EISDIR\)/)
  })
  test.skipIf(!existsSync('/dev/full'))('a really full disk is one clear error', () => {
    using stream = openStream('/dev/full')
    expect(() => stream.append(records[0] as StreamRecord)).toThrow(/after 0 records: the disk is full \(ENOSPC\)/)
  })
  test('a disk that fills in the middle of a line leaves what was written readable, and goes on refusing', () => {
    const disk = fullAfter(bytesOf(records).length - 20)
    const stream = openStream('run.ndjson', disk.files)
    for (const record of records.slice(0, 3)) stream.append(record)
    const last = (): void => stream.append(records[3] as StreamRecord)
    expect(last).toThrow(
      /run\.ndjson after 3 records: the disk is full \(ENOSPC\)\. What was written can still be read/,
    )
    expect(last).toThrow(/the disk is full/)
    expect(parseStream(disk.written(), 'run.ndjson').records).toEqual(records.slice(0, 3))
    stream.close()
  })
})

describe('reading', () => {
  test('a stream cut at any byte gives its whole records and says that it was cut', () => {
    const bytes = bytesOf(records)
    const ends = [...bytes.entries()].filter(([, byte]) => byte === 0x0a).map(([index]) => index)
    for (let size = 0; size <= bytes.length; size += 1) {
      const whole = ends.filter((end) => end <= size).length
      const read = parseStream(bytes.subarray(0, size), 'run.ndjson')
      expect(read.records, `cut at byte ${size}`).toEqual(records.slice(0, whole))
      expect(read.cut === null, `cut at byte ${size}`).toBe(whole === records.length)
    }
  })
  test('the sentence about a cut run names the file and how much there is', () => {
    expect(parseStream(bytesOf(records.slice(0, 2)), 'x/run.ndjson').cut).toBe(
      'The run was cut: x/run.ndjson has 2 records and no end, so what follows is a part.',
    )
    expect(parseStream(new Uint8Array(), 'x/run.ndjson').cut).toMatch(/before its first record/)
  })
  test('another version is refused in one sentence, whatever else is in it', () => {
    const other = problemOf(bytesOf([{ type: 'run', stream: 2, holdfast: '9.0.0', anything: true }, { new: 'kind' }]))
    expect(other.kind).toBe('version')
    expect(other.message).toBe(
      'run.ndjson is a stream of version 2 (written by 9.0.0), and this Holdfast reads version 1: ' +
        'read it with the Holdfast that wrote it.',
    )
  })
  test.each([
    ['not JSON', [records[0]], 'hello\n', 2, 'it is not JSON'],
    ['an empty line', [records[0]], '\n', 2, 'it is not JSON'],
    ['an unknown record', [records[0]], '{"type":"nonsense"}\n', 2, 'type'],
    ['a wrong field', [records[0]], `${JSON.stringify({ ...records[1], of: 'x' })}\n`, 2, 'of: '],
    ['a second run', [records[0]], `${JSON.stringify(records[0])}\n`, 2, 'a second run begins here'],
    ['no run at the start', [], `${JSON.stringify(records[1])}\n`, 1, 'begins with a record of type "run"'],
  ])('%s is named by its line', (_, before, line, number, detail) => {
    const problem = problemOf(Buffer.concat([bytesOf(before), Buffer.from(line), bytesOf(records.slice(1))]))
    expect(problem.kind).toBe('garbage')
    expect(problem.message).toContain(`run.ndjson line ${number} is not a record of a run (`)
    expect(problem.message).toContain(detail)
  })
  test('records after the end are refused', () => {
    expect(problemOf(bytesOf([...records, records[1]])).message).toMatch(/line 5 comes after the end/)
  })
  test('a file that is not there is one sentence', () => {
    const path = join(folder, 'none.ndjson')
    expect(() => readStream(path)).toThrow(
      `The run in ${path} cannot be read: there is no such file or folder (ENOENT).`,
    )
  })
})

/** A disk with room for so many bytes, which writes what fits and then fails, as a real one does. */
function fullAfter(room: number): { readonly files: StreamFiles; readonly written: () => Uint8Array } {
  let content = Buffer.alloc(0)
  const files: StreamFiles = {
    mkdirSync: () => undefined,
    openSync: () => 3,
    writeSync: (_file, bytes, offset) => {
      const part = bytes.subarray(offset, offset + room - content.length)
      if (part.length === 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
      content = Buffer.concat([content, part])
      return part.length
    },
    closeSync: () => undefined,
  }
  return { files, written: () => content }
}
