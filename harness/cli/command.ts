import type { Shell } from './shell.ts'

/** A flag. Without `value` it is a switch; with `many` it may be given again. */
export interface Flag {
  /** How its value is called in the help: `FILE`. */
  readonly value?: string
  readonly many?: true
  readonly short?: string
  readonly help: string
}
export type Flags = Readonly<Record<string, Flag>>

/** The values of flags as they were given. */
export type Given<F extends Flags> = {
  readonly [K in keyof F]?: F[K] extends { value: string }
    ? F[K] extends { many: true }
      ? readonly string[]
      : string
    : boolean
}

interface Described {
  readonly name: string
  /** One sentence. */
  readonly summary: string
  /** Words that are no flags, needed unless in brackets: `['TOKEN']`, `['[ID]']`. */
  readonly words: readonly string[]
  /** What else the help says. */
  readonly notes?: readonly string[]
}

interface TypedCommand<F extends Flags> extends Described {
  readonly flags: F
  /** Runs it and gives the exit code. */
  run(given: Given<F>, words: readonly string[], shell: Shell): Promise<number>
}

/** A command as the dispatcher knows it. */
export interface Command extends Described {
  readonly flags: Flags
  run(
    given: Readonly<Record<string, string | boolean | readonly string[] | undefined>>,
    words: readonly string[],
    shell: Shell,
  ): Promise<number>
}

/** Gives the code of a command its flags with their types. */
export function command<const F extends Flags>(definition: TypedCommand<F>): Command {
  return definition
}
