/** What a call did to one entry, by when it was begun and answered. */
export interface Event {
  /** The value written or read; null for a deletion, and for a read that found nothing. */
  readonly value: string | null
  readonly writes: boolean
  readonly begun: number
  /** Infinity where it was never answered. */
  readonly answered: number
}

/**
 * Whether there is one order of these calls, each at one moment between its beginning and its answer, in which every
 * read gives what was written last. What was never answered may have happened, or not.
 */
export function isLinearizable(events: readonly Event[]): boolean {
  const dead = new Set<string>()
  const search = (done: number, value: string | null): boolean => {
    const left = events.filter((_, index) => (done & (1 << index)) === 0)
    const earliest = Math.min(...left.map((event) => event.answered))
    if (earliest === Number.POSITIVE_INFINITY) return true
    const state = `${done} ${value}`
    if (dead.has(state)) return false
    for (const [index, event] of events.entries()) {
      // Nobody comes after who was begun when somebody else was answered already.
      if ((done & (1 << index)) !== 0 || event.begun > earliest) continue
      if (!event.writes && event.value !== value) continue
      if (search(done | (1 << index), event.writes ? event.value : value)) return true
    }
    dead.add(state)
    return false
  }
  return search(0, null)
}
