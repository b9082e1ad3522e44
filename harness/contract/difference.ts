import type { Outcome } from './history.ts'

/** What became of a command before any answer: it was done, left out as meaningless, or armed for a later effect. */
export type Fate = 'done' | 'left-out' | 'armed'

/** The first command of a program, counted from 0, by which two histories of it differ. `null` stands for nothing that came. */
export type Difference = { readonly command: number } & (
  | { readonly in: 'fate'; readonly here: Fate | null; readonly there: Fate | null }
  /** Whether an armed control struck at its effect. */
  | { readonly in: 'strike'; readonly here: boolean; readonly there: boolean }
  | { readonly in: 'answer'; readonly here: Outcome | null; readonly there: Outcome | null }
  /** How often a call was answered again after its first answer. */
  | { readonly in: 'repeats'; readonly here: number; readonly there: number }
  /** How many secrets were found, after the last command, where none may be. */
  | { readonly in: 'leaks'; readonly here: number; readonly there: number }
)

/** Two histories of one program, compared. */
export interface Comparison {
  /** The targets' names. */
  readonly here: string
  readonly there: string
  /** Null where they went the same way. */
  readonly difference: Difference | null
  /** The first command during which prompts were shown more often on one of them: it may be the platform's way. */
  readonly prompts: { readonly command: number; readonly here: number; readonly there: number } | null
}
