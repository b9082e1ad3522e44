import type { Engine } from './engine.ts'

/** Where text goes. */
export interface Out {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** What surrounds a command: everything outside that it may touch. */
export interface Shell {
  readonly stdout: Out
  readonly stderr: Out
  readonly env: Readonly<Record<string, string | undefined>>
  /** Paths that people give are relative to this. */
  readonly cwd: string
  readonly engine: Engine
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
  /** Aborts when a person or the system asks to stop. */
  readonly interrupted: AbortSignal
}
