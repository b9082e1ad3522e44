import { expect, it } from 'vitest'
import { checkLines } from './check-lines.ts'
import { type AuditEvent, decodeLine } from './entry.ts'
import { leafHash } from './merkle-tree.ts'
import { bytesOf, chained, headOf, headsOf } from './sample-log.ts'

/** A generator of numbers, the same in every run. */
function numbers(seed: number) {
  let state = seed >>> 0
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
type Pick = ReturnType<typeof numbers>

const eventOf = (pick: Pick): AuditEvent => ({
  action: ['unlock', 'sign', 'put', 'ünlock €'][pick(4)] ?? '',
  subject: `s${pick(1_000_000)}`,
})
const entryOf = (line: string) => decodeLine(Buffer.from(line))?.entry
const eventsIn = (lines: readonly string[]) => lines.map((line) => entryOf(line)?.event ?? {})
const forged: AuditEvent = { action: 'forged' }
const own = (json: string) => `${leafHash(Buffer.from(json)).toString('hex')} ${json}`

interface Tampered {
  readonly lines: readonly string[] | Buffer
  /** The first entry that is not as it was. */
  readonly at: number
  /** Whether all from there on follow each other again: only who kept earlier checkpoints can say where that begins. */
  readonly anew?: true
}
/** Changes a log of two entries or more, at some place before its end; `rest` from there on is what follows. */
type Operator = (lines: readonly string[], pick: Pick) => Tampered

/** The log with other events from some entry on, chained anew as who has no key can. */
const rechained = (events: readonly AuditEvent[], at: number): Tampered => ({ lines: chained(events), at, anew: true })

const operators: Readonly<Record<string, Operator>> = {
  'a bit is flipped'(lines, pick) {
    const bytes = bytesOf(lines)
    const byte = pick(bytes.length)
    const at = bytes.subarray(0, byte).filter((one) => one === 10).length
    bytes.writeUInt8((bytes[byte] ?? 0) ^ (1 << pick(8)), byte)
    return { lines: bytes, at }
  },
  'an entry is edited'(lines, pick) {
    const at = pick(lines.length)
    return { lines: lines.with(at, (lines[at] ?? '').replace('"subject":"s', '"subject":"t')), at }
  },
  'an entry is edited, with its own hash'(lines, pick) {
    const at = pick(lines.length - 1)
    const json = (lines[at] ?? '').slice(65).replace('"subject":"s', '"subject":"t')
    return { lines: lines.with(at, own(json)), at }
  },
  'an entry is edited, and all after it chained anew'(lines, pick) {
    const at = pick(lines.length)
    return rechained(eventsIn(lines).with(at, forged), at)
  },
  'the last entry is edited, with its own hash': (lines) =>
    rechained(eventsIn(lines).with(-1, forged), lines.length - 1),
  'all from some entry on are replaced, as many'(lines, pick) {
    const at = pick(lines.length)
    return rechained(
      eventsIn(lines).map((event, index) => (index < at ? event : forged)),
      at,
    )
  },
  'a copy is inserted'(lines, pick) {
    const at = 1 + pick(lines.length - 1)
    return { lines: lines.toSpliced(at, 0, lines[at - 1] ?? ''), at }
  },
  'an entry is inserted, and all after it chained anew'(lines, pick) {
    const at = pick(lines.length)
    return rechained(eventsIn(lines).toSpliced(at, 0, forged), at)
  },
  'one is appended': (lines) => rechained([...eventsIn(lines), forged], lines.length),
  'two are exchanged'(lines, pick) {
    const at = pick(lines.length - 1)
    return { lines: lines.with(at, lines[at + 1] ?? '').with(at + 1, lines[at] ?? ''), at }
  },
  'two are exchanged, and all chained anew'(lines, pick) {
    const at = pick(lines.length - 1)
    const events = eventsIn(lines).with(at, { action: 'other' })
    return rechained(events, at)
  },
  'one is taken out of the middle'(lines, pick) {
    const at = pick(lines.length - 1)
    return { lines: lines.toSpliced(at, 1), at }
  },
  'one is taken out, and all after it chained anew'(lines, pick) {
    const at = pick(lines.length - 1)
    return rechained(eventsIn(lines).toSpliced(at, 1), at)
  },
  'the beginning is cut off': (lines, pick) => ({ lines: lines.slice(1 + pick(lines.length - 1)), at: 0 }),
  'the beginning is cut off, and the rest chained anew': (lines, pick) =>
    rechained(eventsIn(lines).slice(1 + pick(lines.length - 1)), 0),
  'the end is cut off'(lines, pick) {
    const at = 1 + pick(lines.length - 1)
    return { lines: lines.slice(0, at), at }
  },
  'the end is cut off within an entry'(lines, pick) {
    const at = pick(lines.length)
    const before = bytesOf(lines.slice(0, at)).length
    const length = Buffer.byteLength(lines[at] ?? '')
    return { lines: bytesOf(lines).subarray(0, before + 1 + pick(length)), at }
  },
  'all are removed': () => ({ lines: [], at: 0 }),
  'another log is put in its place': (lines) => ({ lines: chained(eventsIn(lines), { origin: 'other' }), at: 0 }),
  'fields are put into another order'(lines, pick) {
    const at = pick(lines.length)
    const { seq, at: time, prev, event } = entryOf(lines[at] ?? '') ?? { event: {} }
    return { lines: lines.with(at, own(JSON.stringify({ seq, at: time, prev, event }))), at }
  },
  'a blank is added'(lines, pick) {
    const at = pick(lines.length)
    return { lines: lines.with(at, `${lines[at]} `), at }
  },
  'a line end is taken away'(lines, pick) {
    const at = pick(lines.length - 1)
    return { lines: lines.toSpliced(at, 2, `${lines[at]}${lines[at + 1]}`), at }
  },
  'a number is written in another way'(lines, pick) {
    const at = pick(lines.length)
    const json = (lines[at] ?? '').slice(65).replace(/"seq":(\d+)/, '"seq":$1.0')
    return { lines: lines.with(at, own(json)), at }
  },
}

const logs = 10_000

it(`there are twenty ways to tamper, at least`, () => {
  expect(Object.keys(operators).length).toBeGreaterThanOrEqual(20)
})

it(`no log of ${logs} is rejected, and tampering is told with the first entry that is not as it was`, () => {
  const ways = Object.entries(operators)
  for (let number = 0; number < logs; number++) {
    const pick = numbers(number)
    const lines = chained(Array.from({ length: 2 + pick(7) }, () => eventOf(pick)))
    const head = headOf(lines)
    expect(checkLines(bytesOf(lines), head).is).toBe('intact')
    const [name = '', operator] = ways[number % ways.length] ?? []
    const { lines: changed, at, anew = false } = operator?.(lines, pick) ?? { lines, at: 0 }
    const bytes = Buffer.isBuffer(changed) ? changed : bytesOf(changed)
    const told = checkLines(bytes, head, anew ? headsOf(lines) : [])
    expect(told, `log ${number}, ${name}`).toMatchObject({ is: 'broken', at })
    if (anew) expect(checkLines(bytes, head).is, `log ${number}, ${name}`).toBe('broken')
  }
})
