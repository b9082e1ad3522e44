import type { Outcome } from '../contract/history.ts'
import type { Flying } from './call-fact.ts'

/** Follows a process of the vault from its start until it was seen to work. */
export interface ProcessStart {
  /** Its first call was not answered yet, or one that began before that. */
  readonly fresh: boolean
  /** It was asked for something while there was no keyring to use, and nothing has succeeded since it began. */
  readonly failed: boolean
  /** It was killed: the next call starts another. */
  killed(): void
  /** It ended otherwise: of the next one nothing is asked here. */
  ended(): void
  /** `others` are in flight still. */
  returned(call: Flying, outcome: Outcome, others: Iterable<Flying>): void
}

const usesKeyring: ReadonlySet<string> = new Set(['put', 'get', 'delete', 'has', 'list', 'unlock'])

export function processStart(): ProcessStart {
  let fresh = false
  let failed = false
  let works = true
  return {
    get fresh() {
      return fresh
    },
    get failed() {
      return failed
    },
    killed() {
      fresh = true
      failed = false
      works = false
    },
    ended() {
      fresh = false
      failed = false
      works = true
    },
    returned({ op, keyring }, outcome, others) {
      if (outcome.is === 'info') return
      fresh &&= [...others].some((other) => other.start === 'first')
      if (!usesKeyring.has(op.op)) return
      if (outcome.is === 'ok') works = true
      failed = !works && (failed || keyring !== 'unlocked')
    },
  }
}
