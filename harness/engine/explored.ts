import type { Found, Ledger, ScenarioCount, Step } from './explore.ts'

/** What came of an exploration. */
export interface Explored {
  readonly found: readonly Found[]
  readonly ledger: Ledger
  /** What each scenario did, in order. */
  readonly counts: readonly ScenarioCount[]
}

/** Explores to the end, and gathers what was told on the way. */
export async function exploredAll(steps: AsyncGenerator<Step, Ledger>): Promise<Explored> {
  const found: Found[] = []
  const counts: ScenarioCount[] = []
  for (;;) {
    const next = await steps.next()
    if (next.done === true) return { found, ledger: next.value, counts }
    if (next.value.step === 'found') found.push(next.value.found)
    if (next.value.step === 'scenario') counts.push(next.value.count)
  }
}
