import type { StreamRecord } from '../harness/contract/stream.ts'
import { count, number } from './count.ts'
import { estimated } from './estimated.ts'
import type { Paint } from './paint.ts'
import { oneLine } from './printable.ts'
import { width } from './wrap.ts'

/** Where progress goes: a terminal, or whatever else takes text. */
export interface ProgressOut {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface Progress {
  take(record: StreamRecord): void
  /** Wipes what is redrawn, so that something else can be written. */
  clear(): void
}

interface Running {
  scenario: string
  programs: number
  of: number
  failures: number
}

/** A redraw costs more than a program: no more often than this, in milliseconds. */
const redrawEvery = 80

/**
 * Shows how a run goes on. On a terminal, a line for each target under way, redrawn in place; elsewhere, a plain line
 * where something begins, ends or fails.
 * @param now milliseconds of any clock
 */
export function progress(out: ProgressOut, paint: Paint, now: () => number): Progress {
  const live = out.isTTY === true
  const running = new Map<string, Running>()
  let drawn = 0
  let drawnAt = Number.NEGATIVE_INFINITY

  function clear(): void {
    if (drawn > 0) out.write(`\x1b[${drawn}A\x1b[0J`)
    drawn = 0
    drawnAt = Number.NEGATIVE_INFINITY
  }
  function say(text: string): void {
    clear()
    out.write(`${text}\n`)
  }
  function draw(): void {
    if (!live || running.size === 0 || now() - drawnAt < redrawEvery) return
    clear()
    const columns = (out.columns ?? 80) - 1
    for (const [target, one] of running) out.write(`${liveLine(target, one, columns, paint)}\n`)
    drawn = running.size
    drawnAt = now()
  }

  function take(record: StreamRecord): void {
    switch (record.type) {
      case 'run':
        for (const target of record.targets)
          running.set(target, { scenario: 'waiting', programs: 0, of: 0, failures: 0 })
        break
      case 'target':
        running.set(record.target, { scenario: 'calibrating', programs: 0, of: 0, failures: 0 })
        if (!live) say(`${record.target}: begins`)
        break
      case 'smoke':
        if (!record.ok) say(paint('red', `${record.target}: ${oneLine(record.sentence)}`))
        break
      case 'target-error':
        running.delete(record.target)
        say(paint('red', `${record.target}: ${oneLine(record.sentence)}`))
        break
      case 'estimate':
        say(`${record.target}: ${estimated(record)}`)
        break
      case 'progress': {
        const { scenario, programs, of } = record
        running.set(record.target, { failures: 0, ...running.get(record.target), scenario, programs, of })
        break
      }
      case 'scenario':
        if (!live)
          say(`${record.target}: ${record.scenario}, ${count(record.programs, 'program')}${cutWords(record.cut)}`)
        break
      case 'failure': {
        const one = running.get(record.target)
        if (one !== undefined) one.failures += 1
        if (!live) say(`${record.target}: ${record.requirement} failed`)
        break
      }
      case 'verdict':
        // Verdicts come when all programs of a target were run.
        running.delete(record.target)
        break
      case 'end':
        running.clear()
        clear()
        return
      default:
        break
    }
    draw()
  }
  return { take, clear }
}

const cutWords = (cut: string | null): string => (cut === null ? '' : `, cut short: ${oneLine(cut)}`)

function liveLine(
  target: string,
  { scenario, programs, of, failures }: Running,
  columns: number,
  paint: Paint,
): string {
  const done = of === 0 ? 0 : Math.min(1, programs / of)
  const bar = `${'█'.repeat(Math.round(done * 10))}${'░'.repeat(10 - Math.round(done * 10))}`
  const counted = of === 0 ? '' : ` ${number(programs)} of ${number(of)}`
  const bad = failures === 0 ? '' : `  ${count(failures, 'failure')}`
  const text = `${bar} ${target}  ${oneLine(scenario)}${counted}`
  const room = columns - width(bad)
  const shown = width(text) <= room ? text : `${[...text].slice(0, Math.max(0, room - 1)).join('')}…`
  return `${paint('cyan', shown)}${paint('red', bad)}`
}
